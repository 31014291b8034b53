import { sortedByPim } from '../pims/view.ts';
import type { Session } from '../session.ts';
import { type Progress, progress } from './progress.ts';
import { growingTable } from './text.ts';

/** How rows of one kind are listed. */
export interface RowView<Row> {
  /** What they are, for the line that counts them. */
  readonly subject: string;
  readonly headings: readonly string[];
  /** For people. */
  readonly cells: (row: Row) => readonly string[];
  /** For programs. */
  readonly json: (row: Row) => unknown;
}

type Keyed = { readonly pim: string; readonly clientId: string };

/** How many rows are in memory, and are sorted, at once. */
const CHUNK_ROWS = 1_000;

/**
 * Prints rows while they are read, so that any number fits in memory. Up to a thousand are sorted by PIM; of more, each
 * thousand by itself, because a scan returns them in no order. For programs they are one JSON array, which has no end if
 * reading fails before.
 *
 * It ends early when nobody reads its output any more, as `| head` does.
 *
 * @returns how many were printed.
 */
export async function listRows<Row extends Keyed>(
  rows: AsyncIterable<Row>,
  view: RowView<Row>,
  { io, now, isJson }: Pick<Session, 'io' | 'now' | 'isJson'>,
): Promise<number> {
  const counter = progress(view.subject, io, now);
  const layout = isJson ? jsonLayout(view) : tableLayout(view);
  let count = 0;
  try {
    for await (const chunk of inChunks(rows, counter)) {
      counter.end();
      count += chunk.length;
      if (!(await io.stdout.writeOut(layout.text(sortedByPim(chunk))))) return count;
    }
  } finally {
    counter.end();
  }
  io.stdout.write(layout.end(count));
  return count;
}

async function* inChunks<Row>(
  rows: AsyncIterable<Row>,
  counter: Progress,
): AsyncGenerator<readonly Row[]> {
  let chunk: Row[] = [];
  let count = 0;
  for await (const row of rows) {
    chunk.push(row);
    count += 1;
    counter.tick(count);
    if (chunk.length < CHUNK_ROWS) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** The text of chunks that follow each other, and what stands after the last. */
interface Layout<Row> {
  text(rows: readonly Row[]): string;
  end(count: number): string;
}

function tableLayout<Row>({ headings, cells }: RowView<Row>): Layout<Row> {
  const table = growingTable(headings);
  return { text: (rows) => table(rows.map(cells)), end: () => '' };
}

/** Together the same text as that of `JSON.stringify` for all rows. */
function jsonLayout<Row>({ json }: RowView<Row>): Layout<Row> {
  let before = '[\n';
  const element = (row: Row) => {
    const text = `${before}  ${JSON.stringify(json(row), undefined, 2).replaceAll('\n', '\n  ')}`;
    before = ',\n';
    return text;
  };
  return {
    text: (rows) => rows.map(element).join(''),
    end: (count) => (count === 0 ? '[]\n' : '\n]\n'),
  };
}
