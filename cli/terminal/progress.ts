import type { Clock } from '../../functions/activation/ports.ts';
import { ours } from '../../terminal/printable.ts';
import type { Io } from './io.ts';

/** Work that takes longer than this gets a progress line. */
const SHOWN_AFTER_MS = 1_000;
const REFRESH_MS = 200;

/** Erases the line under the cursor and goes to its start. */
const CLEAR_LINE = ours('\r\u001B[2K');

/** Tells a person how far a long piece of work has come. */
export interface Progress {
  /** @param count how much is done so far. */
  tick(count: number): void;
  /** Erases the line, which the next `tick` may draw again; to be called whatever happened. */
  end(): void;
}

/** A line that counts what is read, such as `Reading connections: 1200`. */
export function progress(subject: string, io: Io, now: Clock): Progress {
  return progressLine((count) => `Reading ${subject}: ${count}`, io, now);
}

/**
 * A line on `stderr` that is drawn again and again, on a terminal only, once the work has taken a second. Each `tick`
 * draws it, not a timer, so nothing has to be stopped when the work fails.
 */
export function progressLine(draw: (count: number) => string, io: Io, now: Clock): Progress {
  if (!io.stderr.isTTY) return { tick: () => {}, end: () => {} };
  let next = now() + SHOWN_AFTER_MS;
  let shown = false;
  return {
    tick: (count) => {
      if (now() < next) return;
      next = now() + REFRESH_MS;
      shown = true;
      io.stderr.write(CLEAR_LINE + draw(count));
    },
    end: () => {
      if (shown) io.stderr.write(CLEAR_LINE);
      shown = false;
    },
  };
}

/** Collects all rows, with a progress line when it takes long. */
export async function collect<Row>(rows: AsyncIterable<Row>, counter: Progress): Promise<Row[]> {
  const all: Row[] = [];
  try {
    for await (const row of rows) counter.tick(all.push(row));
    return all;
  } finally {
    counter.end();
  }
}

/** Collects rows of which there are few. */
export async function collectAll<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

/** Characters of the bar itself; with its text it fits a terminal of 80 columns. */
const WIDTH = 30;

/** A bar such as `[███████░░░] 70 of 100`. It stays full when the work has grown meanwhile. */
export function progressBar(done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(share * WIDTH);
  return `[${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}] ${done} of ${total}`;
}
