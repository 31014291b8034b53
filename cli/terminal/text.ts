import { styleText } from 'node:util';
import widthOf from 'fast-string-width';
import type { Io, Output } from './io.ts';

/**
 * Text from a table or from the network, made safe to print: control characters, with which it could rewrite what
 * the terminal shows, become `�`.
 */
export function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '\u{fffd}');
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
  const lines = [headings, ...rows.map((row) => row.map(plain))];
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((line) => widthOf(line[column] ?? ''))),
  );
  const text = (line: readonly string[]) =>
    line.map((cell, column) => padded(cell, widths[column] ?? 0)).join(GAP);
  return lines.map((line) => `${text(line).trimEnd()}\n`).join('');
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
  const paint = (style: Parameters<typeof styleText>[0]) => (text: string) =>
    enabled ? styleText(style, text, { validateStream: false }) : text;
  return { green: paint('green'), red: paint('red'), bold: paint('bold') };
}
