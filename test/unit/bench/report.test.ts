import { describe, expect, it } from 'vitest';
import { readOptions } from '../../bench/options.ts';
import { markdownTable } from '../../bench/report/markdown-table.ts';
import { quantile, quartiles } from '../../bench/report/quartiles.ts';
import { withTables } from '../../bench/report/write-docs.ts';

describe('quartiles', () => {
  it('are interpolated between neighbours, whatever the order', () => {
    expect(quartiles([4, 1, 3, 2])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 });
  });

  it('of one value are that value', () => {
    expect(quartiles([7])).toEqual({ lower: 7, median: 7, upper: 7 });
  });

  it('of nothing are an error', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});

describe('a table of the page', () => {
  it('replaces what is between its marks and nothing else', () => {
    const page =
      'before\n<!-- cold -->\nold\n<!-- /cold -->\nafter\n<!-- warm -->\n<!-- /warm -->\n';
    const filled = withTables(page, { cold: '| $1 new |' });
    expect(filled).toBe(
      'before\n<!-- cold -->\n\n| $1 new |\n\n<!-- /cold -->\nafter\n<!-- warm -->\n<!-- /warm -->\n',
    );
    expect(withTables(filled, { cold: '| $1 new |' })).toBe(filled);
  });
});

describe('a table', () => {
  it('has even columns, of which the first begins and the others end at one edge', () => {
    const rows = [
      ['short', '1'],
      ['much longer', '1.25'],
    ];
    expect(markdownTable(['what', 'ms'], rows).split('\n')).toEqual([
      '| what        |   ms |',
      '| ----------- | ---: |',
      '| short       |    1 |',
      '| much longer | 1.25 |',
    ]);
  });
});

describe('the options', () => {
  it('ask for at least twenty runs unless told otherwise', () => {
    expect(readOptions([]).runs).toBe(20);
    expect(readOptions(['--quick']).runs).toBeLessThan(20);
    expect(readOptions(['--quick', '--runs', '7']).runs).toBe(7);
  });

  it('measure the techniques only when asked', () => {
    expect(readOptions([]).techniques).toBe(false);
    expect(readOptions(['--techniques', '--quick']).techniques).toBe(true);
  });

  it.each(['0', '-1', 'many', '1.5'])('refuse %s runs', (runs) => {
    expect(() => readOptions([`--runs=${runs}`])).toThrow('--runs wants a whole number above 0.');
  });
});
