import { describe, expect, it } from 'vitest';
import type { Io } from '../../../cli/terminal/io.ts';
import { listRows } from '../../../cli/terminal/listing.ts';

interface Row {
  readonly pim: string;
  readonly clientId: string;
}

const VIEW = {
  subject: 'rows',
  headings: ['PIM', 'CLIENT ID'],
  cells: ({ pim, clientId }: Row) => [pim, clientId],
  json: (row: Row) => ({ ...row, scopes: [] }),
};

/** Rows whose numbers go down, as DynamoDB may send them. */
async function* descending(count: number, tell = (_number: number) => {}): AsyncGenerator<Row> {
  for (let number = count; number > 0; number -= 1) {
    tell(number);
    yield { pim: `p${String(number).padStart(4, '0')}`, clientId: 'c'.repeat(1 + (number % 3)) };
  }
}

/** Lists rows for somebody who reads so many texts and then goes away, as `head` does. */
async function listed(rows: AsyncIterable<Row>, isJson: boolean, texts = Number.MAX_VALUE) {
  const written: string[] = [];
  const stdout = {
    isTTY: false,
    columns: 80,
    write: (text: string) => void written.push(text),
    writeOut: async (text: string) => written.push(text) < texts,
  };
  const io: Io = {
    stdout,
    stderr: stdout,
    env: {},
    isInteractive: false,
    prompts: {
      text: async () => '',
      secret: async () => '',
      confirm: async () => false,
    },
    onInterrupt: () => () => {},
  };
  const count = await listRows(rows, VIEW, { io, isJson, now: () => 0 });
  return { count, written, text: written.join('') };
}

describe('a list', () => {
  it('of up to a thousand rows is sorted', async () => {
    const { text, count } = await listed(descending(1_000), false);
    const lines = text.split('\n').slice(1, -1);
    expect(count).toBe(1_000);
    expect(lines).toEqual(lines.toSorted());
  });

  it('of more comes by the thousand, its columns in one place and under one heading', async () => {
    const { text, written } = await listed(descending(2_500), false);
    expect(written.map((part) => part.split('\n').length - 1)).toEqual([1_001, 1_000, 500, 0]);
    const lines = text.split('\n').slice(0, -1);
    expect(lines.filter((line) => line.startsWith('PIM'))).toHaveLength(1);
    expect(new Set(lines.map((line) => line.search(/C|c/)))).toEqual(new Set([7]));
    expect(lines[1]).toMatch(/^p1501 /);
    expect(lines.at(-1)).toMatch(/^p0500 /);
  });

  it.each([0, 1, 1_000, 1_001])('of %i rows is the usual JSON, for programs', async (rows) => {
    const { text } = await listed(descending(rows), true);
    const elements = JSON.parse(text) as unknown[];
    expect(elements).toHaveLength(rows);
    expect(text).toBe(`${JSON.stringify(elements, undefined, 2)}\n`);
  });

  it('ends with the error when reading fails', async () => {
    const failing = descending(3_000, (number) => {
      if (number === 500) throw new Error('away');
    });
    await expect(listed(failing, true)).rejects.toThrow('away');
  });

  it('reads no further when nobody reads it', async () => {
    let read = 0;
    const rows = descending(5_000, () => {
      read += 1;
    });
    const { text } = await listed(rows, true, 1);
    expect(read).toBe(1_000);
    expect(text.startsWith('[')).toBe(true);
  });
});
