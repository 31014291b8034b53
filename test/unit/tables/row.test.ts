import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMalformed, malformed, wellFormed } from '../../../functions/pim/malformed.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import {
  BYTES,
  EPOCH_SECONDS,
  ignorable,
  NUMBER,
  oneOf,
  optional,
  readRow,
  SCOPES,
  type StoredRow,
  seconds,
  type Table,
  TEXT,
  TIME,
  text,
  time,
  toItem,
} from '../../../functions/tables/row.ts';

/** A value that is neither text, number nor bytes. */
const NULL: object = { NULL: true };

const TABLE = {
  name: 'Things',
  partitionKey: 'word',
  attributes: {
    word: TEXT,
    count: NUMBER,
    at: TIME,
    until: EPOCH_SECONDS,
    bytes: BYTES,
    scopes: SCOPES,
    colour: oneOf(['red', 'green']),
    note: ignorable(TEXT),
    later: optional(TIME),
  },
} as const satisfies Table;

/** Every moment that ISO 8601 writes with a year of four digits. */
const epochMs = fc.integer({ min: 0, max: Date.UTC(9999, 0) });

describe('readRow', () => {
  it.each<[string, keyof typeof TABLE.attributes, StoredRow]>([
    ['a missing text', 'word', {}],
    ['a number for a text', 'word', { word: { N: '4711' } }],
    ['bytes for a text', 'word', { word: { B: Buffer.from('4711') } }],
    ['a null for a text', 'word', { word: NULL }],
    ['a missing number', 'count', {}],
    ['a text for a number', 'count', { count: { S: '4711' } }],
    ['a missing time', 'at', {}],
    ['a text that is no time', 'at', { at: { S: '4711 o’clock' } }],
    ['a text for bytes', 'bytes', { bytes: { S: '4711' } }],
    ['a word that is none of the few', 'colour', { colour: { S: '4711' } }],
    ['an optional time that is none', 'later', { later: { S: '4711 o’clock' } }],
  ])('names table and attribute, never the value, for %s', (_case, name, row) => {
    const problem = `A row of Things has no usable "${name}".`;
    expect(readRow(TABLE, row, [name])).toEqual(malformed(problem));
  });

  it('leaves out what a row may be without, and what may be ignored when it is not usable', () => {
    expect(readRow(TABLE, {}, ['note', 'later'])).toEqual({});
    expect(readRow(TABLE, { note: { N: '1' } }, ['note'])).toEqual({});
  });

  it('looks at no attribute but the named ones', () => {
    const row = { word: text('w'), count: { S: 'not a number' } };
    expect(readRow(TABLE, row, ['word'])).toEqual({ word: 'w' });
  });

  it('reads what toItem has written', () => {
    const attributes = fc.record({
      word: fc.string({ unit: 'grapheme' }),
      count: fc.maxSafeInteger(),
      at: epochMs,
      bytes: fc.uint8Array(),
      colour: fc.constantFrom('red' as const, 'green' as const),
      later: epochMs,
    });
    fc.assert(
      fc.property(attributes, (values) => {
        const names = ['word', 'count', 'at', 'bytes', 'colour', 'later'] as const;
        expect(readRow(TABLE, toItem(TABLE, values), names)).toEqual(values);
      }),
    );
  });

  it('reads scopes as a set', () => {
    const scopes = parseScope('b a b');
    expect(toItem(TABLE, { scopes })).toEqual({ scopes: { S: 'a b' } });
    expect(readRow(TABLE, { scopes: { S: 'b a' } }, ['scopes'])).toEqual({ scopes });
  });
});

describe('toItem', () => {
  it('leaves out what is absent and nothing else', () => {
    expect(toItem(TABLE, { word: '', count: 0 })).toEqual({ word: { S: '' }, count: { N: '0' } });
  });
});

describe('wellFormed', () => {
  it('gives back the row, and throws the problem of a malformed one', () => {
    expect(wellFormed({ word: 'w' })).toEqual({ word: 'w' });
    expect(() => wellFormed(malformed('It is not.'))).toThrow(new TypeError('It is not.'));
    expect(isMalformed(undefined)).toBe(false);
  });
});

describe('time', () => {
  it('writes texts that sort as the times do', () => {
    const textOf = (epoch: number) => JSON.stringify(time(epoch));
    fc.assert(
      fc.property(epochMs, epochMs, (one, other) => {
        expect(textOf(one) < textOf(other)).toBe(one < other);
      }),
    );
  });
});

describe('seconds', () => {
  it('writes whole seconds, rounded down, so that nothing lives longer than it should', () => {
    expect(seconds(1_999)).toEqual({ N: '1' });
    fc.assert(
      fc.property(epochMs, (now) => {
        const { until } = wellFormed(readRow(TABLE, { until: seconds(now) }, ['until']));
        expect(until).toBeLessThanOrEqual(now);
        expect(until).toBeGreaterThan(now - 1000);
      }),
    );
  });
});
