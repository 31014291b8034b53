/** The longest line of a page that is made from code. */
const LINE_LENGTH = 120;

/** Breaks long lines at spaces outside of code; lines that go on a list are indented as it is. */
export function wrap(markdown: string): string {
  return markdown.split('\n').map(wrapLine).join('\n');
}

function wrapLine(line: string): string {
  const indent = /^(?:\d+\.|-) */.exec(line)?.[0].replaceAll(/./g, ' ') ?? '';
  const words = line.match(/(?:`[^`]*`|[^ `])+/g) ?? [];
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const isFull = last === undefined || last.length + 1 + word.length > LINE_LENGTH;
    if (isFull) lines.push(last === undefined ? word : indent + word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return line.length > LINE_LENGTH ? lines.join('\n') : line;
}

/**
 * A table whose columns are aligned in the source, too.
 *
 * @param numbers how many of the last columns hold numbers, which are aligned to the right.
 */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers = 0,
): string {
  const widths = head.map((_cell, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const isNumber = (column: number) => column >= head.length - numbers;
  const padded = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  const line = (cells: readonly string[]) => `| ${cells.map(padded).join(' | ')} |`;
  const rule = widths.map((width, column) =>
    isNumber(column) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  );
  return [head, rule, ...rows].map(line).join('\n');
}
