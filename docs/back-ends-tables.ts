import {
  CONNECTION_STATUSES,
  type ConnectionStatus,
  DEAD_STATUSES,
} from '../functions/activation/connection-status.ts';
import {
  CONNECTION_MEANINGS,
  CONNECTIONS,
  type ConnectionAttribute,
  STATUS_INDEX,
} from '../functions/tables/connections.ts';

/** What `npm run docs` writes between `<!-- made from code: NAME -->` and `<!-- end -->`. */
const PARTS: Readonly<Record<string, () => string>> = {
  attributes: () =>
    markdownTable(['Attribute', 'Type', 'Meaning'], attributeNames().map(attributeCells)),
  statuses: () =>
    markdownTable(['`status`', 'Meaning', 'Next'], CONNECTION_STATUSES.map(statusCells)),
  index: indexText,
};

/** `docs/back-ends.md` with the parts that are made from code as the code has them now. */
export function backEndsPage(page: string): string {
  const pattern = /(<!-- made from code: (\w+) -->\n).*?(\n<!-- end -->)/gs;
  return page.replace(pattern, (_part, begin: string, name: string, end: string) => {
    const text = PARTS[name]?.();
    if (text === undefined) throw new Error(`Nothing makes the part "${name}".`);
    return `${begin}\n${text}\n${end}`;
  });
}

function attributeNames(): ConnectionAttribute[] {
  return Object.keys(CONNECTION_MEANINGS) as ConnectionAttribute[];
}

function attributeCells(name: ConnectionAttribute): string[] {
  const { type } = CONNECTIONS.attributes[name];
  return [`\`${name}\``, `${type}${keyRole(name)}`, CONNECTION_MEANINGS[name]];
}

function keyRole(name: ConnectionAttribute): string {
  if (name === CONNECTIONS.partitionKey) return ', partition key';
  return name === CONNECTIONS.sortKey ? ', sort key' : '';
}

function statusCells(status: ConnectionStatus): string[] {
  if (status === 'connected')
    return ['`connected`', 'The token works, as far as anybody has noticed.', ''];
  const { meaning, next } = DEAD_STATUSES[status];
  return [`\`${status}\``, meaning, next];
}

function indexText(): string {
  const { name, partitionKey, sortKey, attributes } = STATUS_INDEX;
  const held: readonly string[] = [...attributes, partitionKey, sortKey, CONNECTIONS.sortKey];
  const missing = attributeNames().filter((each) => !held.includes(each));
  const list = missing.map((each) => `\`${each}\``).join(', ');
  return `The index \`${name}\` (partition key \`${partitionKey}\`, sort key \`${sortKey}\`) lists connections.
It holds every attribute except these: ${list}.`;
}

/** A table whose columns are aligned in the source, too. */
function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_cell, column) =>
    Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...rows].map(line).join('\n');
}
