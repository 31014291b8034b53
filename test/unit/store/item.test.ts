import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Item,
  ItemReader,
  item,
  number,
  optionalText,
  seconds,
  text,
  time,
} from '../../../functions/store/item.ts';

const reader = (row: Item) => new ItemReader('Flows', row);

/** Every moment that ISO 8601 writes with a year of four digits. */
const epochMs = fc.integer({ min: 0, max: Date.UTC(9999, 0) });

describe('ItemReader', () => {
  it.each<[string, keyof ItemReader & ('text' | 'number' | 'time'), Item]>([
    ['a missing text', 'text', {}],
    ['a number for a text', 'text', { it: { N: '4711' } }],
    ['bytes for a text', 'text', { it: { B: Buffer.from('4711') } }],
    ['a null for a text', 'text', { it: { NULL: true } }],
    ['a missing number', 'number', {}],
    ['a text for a number', 'number', { it: { S: '4711' } }],
    ['a missing time', 'time', {}],
    ['a text that is no time', 'time', { it: { S: '4711 o’clock' } }],
  ])('names table and attribute, never the value, for %s', (_case, read, row) => {
    const failing = () => reader(row)[read]('it');
    expect(failing).toThrow(new TypeError('A row of Flows has no usable "it".'));
    expect(failing).not.toThrow(/4711/);
  });

  it('gives back an optional text, or nothing', () => {
    const row = reader({ there: text('') });
    expect([row.optionalText('there'), row.optionalText('away')]).toEqual(['', undefined]);
  });

  it('takes no attribute from the prototype of the row', () => {
    expect(reader({}).optionalText('constructor')).toBeUndefined();
  });

  it('reads the texts and numbers that were written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), (word, count) => {
        const row = reader({ word: text(word), count: number(count) });
        expect([row.text('word'), row.number('count')]).toEqual([word, count]);
      }),
    );
  });

  it('reads the times that were written, to the millisecond', () => {
    fc.assert(
      fc.property(epochMs, (now) => {
        expect(reader({ at: time(now) }).time('at')).toBe(now);
      }),
    );
  });
});

describe('time', () => {
  it('writes texts that sort as the times do', () => {
    fc.assert(
      fc.property(epochMs, epochMs, (one, other) => {
        expect((time(one).S ?? '') < (time(other).S ?? '')).toBe(one < other);
      }),
    );
  });
});

describe('seconds', () => {
  it('writes whole seconds, rounded down, so that nothing lives longer than it should', () => {
    expect(seconds(1_999)).toEqual({ N: '1' });
    fc.assert(
      fc.property(epochMs, (now) => {
        const read = reader({ at: seconds(now) }).number('at') * 1000;
        expect(read).toBeLessThanOrEqual(now);
        expect(read).toBeGreaterThan(now - 1000);
      }),
    );
  });
});

describe('item', () => {
  it('leaves out what is undefined and nothing else', () => {
    expect(item({ a: optionalText('x'), b: optionalText(undefined), c: text('') })).toEqual({
      a: { S: 'x' },
      c: { S: '' },
    });
  });
});
