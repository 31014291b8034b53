import { plain } from './plain.ts';

/** Space between two columns. */
const GAP = '  ';

/**
 * Columns under their headings, as wide as their widest cell. Nothing is cut: a cut address or client id could not be
 * copied into the next command.
 */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows.map((row) => row.map(plain))];
  const widths = headings.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines.map((line) => `${padded(line, widths)}\n`).join('');
}

/** Lines of a name and a value; a name without a value is left out. */
export function details(entries: readonly (readonly [string, string | undefined])[]): string {
  const present = entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const width = Math.max(0, ...present.map(([name = '']) => name.length));
  return present
    .map(([name = '', value = '']) => `  ${name.padEnd(width)}${GAP}${plain(value)}\n`)
    .join('');
}

function padded(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join(GAP)
    .trimEnd();
}
