import { styleText } from 'node:util';
import widthOf from 'fast-string-width';
import { ours, plain, printable } from '../../terminal/printable.ts';
import type { Io, Output } from './io.ts';

/** The same terminal, on which no command can print an unsafe character, whatever it forgets. */
export function safeIo({ stdout, stderr, prompts, ...io }: Io): Io {
  return {
    ...io,
    stdout: safeOutput(stdout),
    stderr: safeOutput(stderr),
    prompts: {
      text: (message, check = () => undefined) =>
        prompts.text(printable(message), (answer) => {
          const problem = check(answer);
          return problem === undefined ? undefined : printable(problem);
        }),
      secret: (message) => prompts.secret(printable(message)),
      confirm: (message) => prompts.confirm(printable(message)),
    },
  };
}

/** The same output behind {@link printable}. */
export function safeOutput(output: Output): Output {
  return {
    ...output,
    write: (text) => output.write(printable(text)),
    writeOut: (text) => output.writeOut(printable(text)),
  };
}

/** ISO 8601 in UTC to the second, or a dash for a time that is absent. */
export function timeText(epochMs: number | undefined): string {
  return epochMs === undefined ? '-' : `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

/** ISO 8601 in UTC for programs, or `null` for a time that is absent. */
export function timeJson(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : new Date(epochMs).toISOString();
}

/** Space between two columns. */
const GAP = '  ';

/**
 * Columns under their headings, as wide as their widest cell. Nothing is cut: a cut address or client id could not be
 * copied into the next command.
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return growingTable(headings)(rows);
}

/**
 * The same for rows that come bit by bit. The headings are in the first text, and a column that has become wider stays so.
 */
export function growingTable(
  headings: readonly string[],
): (rows: readonly (readonly string[])[]) => string {
  let widths = headings.map(() => 0);
  let first = [headings];
  return (rows) => {
    const lines = [...first, ...rows.map((row) => row.map(plain))];
    first = [];
    widths = widths.map((width, column) =>
      lines.reduce((widest, line) => Math.max(widest, widthOf(line[column] ?? '')), width),
    );
    const text = (line: readonly string[]) =>
      line.map((cell, column) => padded(cell, widths[column] ?? 0)).join(GAP);
    return lines.map((line) => `${text(line).trimEnd()}\n`).join('');
  };
}

/** Lines of a name and a value; a name without a value is left out. */
export function details(entries: readonly (readonly [string, string | undefined])[]): string {
  const present = entries.flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  const width = Math.max(0, ...present.map(({ name }) => widthOf(name)));
  return present
    .map(({ name, value }) => `  ${padded(name, width)}${GAP}${plain(value)}\n`)
    .join('');
}

/** Counts cells of the terminal, not characters: those of Chinese, for example, take two cells each. */
function padded(text: string, width: number): string {
  return text + ' '.repeat(width - widthOf(text));
}

/** Paints text for a terminal, or returns it as it is. */
export interface Colours {
  green(text: string): string;
  red(text: string): string;
  bold(text: string): string;
}

/**
 * Colours for one output: only on a terminal, and not when `NO_COLOR` is set to anything.
 *
 * @see {@link https://no-color.org NO_COLOR}
 */
export function colours(output: Output, env: Io['env']): Colours {
  const enabled = output.isTTY && !env['NO_COLOR'];
  const paint = (style: Style) => (text: string) => (enabled ? painted(style, text) : text);
  return { green: paint('green'), red: paint('red'), bold: paint('bold') };
}

type Style = 'green' | 'red' | 'bold';

function painted(style: Style, text: string): string {
  const [before = '', after = ''] = styleText(style, ' ', { validateStream: false }).split(' ');
  return ours(before) + text + ours(after);
}
