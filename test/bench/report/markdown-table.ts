type Row = readonly string[];

/** A table of Markdown with even columns: the first to the left, the others, which are numbers, to the right. */
export function markdownTable(header: Row, rows: readonly Row[]): string {
  const widths = header.map((_, column) => widest([header, ...rows], column));
  const padded = (cells: Row) =>
    cells.map((cell, column) => pad(cell, widths[column] ?? 0, column));
  const rule = widths.map((width, column) => `${'-'.repeat(width - 1)}${column === 0 ? '-' : ':'}`);
  const lines = [padded(header), rule, ...rows.map(padded)];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** At least three, as the shortest rule of a column is `--:`. */
function widest(rows: readonly Row[], column: number): number {
  return Math.max(3, ...rows.map((cells) => cells[column]?.length ?? 0));
}

function pad(cell: string, width: number, column: number): string {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}
