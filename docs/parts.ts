import {
  CONNECTION_STATUSES,
  type ConnectionStatus,
  DEAD_STATUSES,
} from '../functions/activation/connection-status.ts';
import { FLOW_LIFETIME_MS, RESULT_LIFETIME_MS } from '../functions/activation/flow.ts';
import type { OutcomeContext } from '../functions/activation/result.ts';
import { CODE_LIFETIME_MS, WAITING_LIFETIME_MS } from '../functions/login/login.ts';
import { wellFormed } from '../functions/pim/malformed.ts';
import { PimUrl } from '../functions/pim/pim-url.ts';
import { parseScope } from '../functions/pim/scopes.ts';
import { parseJsonObject } from '../functions/pim/send.ts';
import { CLIENT_MEANINGS, CLIENTS } from '../functions/tables/clients.ts';
import { CONNECTION_MEANINGS, CONNECTIONS, STATUS_INDEX } from '../functions/tables/connections.ts';
import { FLOW_MEANINGS, FLOWS } from '../functions/tables/flows.ts';
import { LOGIN_MEANINGS, LOGINS } from '../functions/tables/logins.ts';
import { PIM_MEANINGS, PIMS } from '../functions/tables/pims.ts';
import type { Table } from '../functions/tables/row.ts';
import { outcomeLine } from '../functions/telemetry/log.ts';
import { CONNECTION_ERRORS } from '../reader/errors.ts';
import { goalText, loadText, uptimeTable } from './availability.ts';
import { addedTable, costTable, floodText, millionText, pricesTable } from './cost-tables.ts';
import { lintersTable } from './linters.ts';
import { markdownTable, wrap } from './markdown.ts';

/** What `npm run docs` writes between `<!-- made from code: NAME -->` and `<!-- end -->`. */
const PARTS: Readonly<Record<string, () => string>> = {
  pims: () => attributesTable(PIMS, PIM_MEANINGS),
  clients: () => attributesTable(CLIENTS, CLIENT_MEANINGS),
  logins: () => attributesTable(LOGINS, LOGIN_MEANINGS),
  flows: () => attributesTable(FLOWS, FLOW_MEANINGS),
  connections: () => attributesTable(CONNECTIONS, CONNECTION_MEANINGS),
  statuses: () =>
    markdownTable(['`status`', 'Meaning', 'Next'], CONNECTION_STATUSES.map(statusCells)),
  index: indexText,
  errors: errorsTable,
  rows: rowsTable,
  logged: loggedFields,
  cost: costTable,
  added: addedTable,
  flood: floodText,
  prices: pricesTable,
  million: millionText,
  goal: goalText,
  uptime: uptimeTable,
  load: loadText,
  linters: lintersTable,
};

/** A page with each of its parts as the code has it now. */
export function withParts(page: string): string {
  const pattern = /(<!-- made from code: (\w+) -->\n).*?(<!-- end -->)/gs;
  return page.replace(pattern, (_part, begin: string, name: string, end: string) => {
    const text = PARTS[name]?.();
    if (text === undefined) throw new Error(`Nothing makes the part "${name}".`);
    return `${begin}\n${text}\n\n${end}`;
  });
}

function attributesTable(table: Table, meanings: Readonly<Record<string, string>>): string {
  const rows = Object.entries(meanings).map(([name, meaning]) => {
    const type = table.attributes[name]?.type;
    return [`\`${name}\``, `${type}${keyRole(table, name)}`, meaning];
  });
  return markdownTable(['Attribute', 'Type', 'Meaning'], rows);
}

function keyRole({ partitionKey, sortKey }: Table, name: string): string {
  if (name === partitionKey) return ', partition key';
  return name === sortKey ? ', sort key' : '';
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
  const missing = Object.keys(CONNECTION_MEANINGS).filter((each) => !held.includes(each));
  const list = missing.map((each) => `\`${each}\``).join(', ');
  return `The index \`${name}\` (partition key \`${partitionKey}\`, sort key \`${sortKey}\`) lists connections.
It holds every attribute except these: ${list}.`;
}

/** What is kept of a PIM in which table, and for how long. */
function rowsTable(): string {
  const minutes = FLOW_LIFETIME_MS / 60_000;
  const hours = RESULT_LIFETIME_MS / 3_600_000;
  const kept: readonly (readonly [Table, string])[] = [
    [PIMS, 'until `pims remove` or `connections forget`'],
    [CLIENTS, 'until no row of Pims and no connection uses the client id'],
    [
      FLOWS,
      `${minutes} minutes, or ${hours} hours once a callback has consumed it; DynamoDB deletes it within some days after`,
    ],
    [CONNECTIONS, 'until `connections forget`'],
    [
      LOGINS,
      `${WAITING_LIFETIME_MS / 60_000} minutes, then ${CODE_LIFETIME_MS / 1000} seconds under a code, or until the App takes it; DynamoDB deletes what is left within some days after`,
    ],
  ];
  const rows = kept.map(([{ name, attributes }, until]) => [name, namesOf(attributes), until]);
  return markdownTable(['Table', 'A row holds', 'Kept'], rows);
}

/** The fields that the line of a request can have. The sample has every one, and the compiler says so. */
function loggedFields(): string {
  const context = {
    pim: wellFormed(PimUrl.parse('https://pim.example', { dangerouslyAllowHttpOnLoopback: false })),
    clientId: 'client',
    attempt: 1,
    missingScopes: parseScope('read_products'),
    pimStatus: 500,
    failure: 'timeout',
    connectionFailure: 'connection-timed-out',
    identityProblem: 'signature',
    dependency: 'kms',
    errorName: 'DisabledException',
  } satisfies Required<OutcomeContext>;
  const ids = { requestId: 'r', invocationId: 'i', coldStart: true, frames: ['f'] };
  const times = { startedAt: 0, durationMs: 1 };
  const outcome = { stack: 's', endpoint: 'callback', code: 'token_not_saved' } as const;
  const line = outcomeLine({ ...outcome, cause: 'store', context, ...ids, ...times });
  // `_aws` says which of the fields are metrics, and holds nothing else.
  const { _aws, ...fields } = parseJsonObject(line);
  return wrap(`${namesOf(fields)}.`);
}

function namesOf(members: object): string {
  const names = Object.keys(members).map((name) => `\`${name}\``);
  return names.join(', ');
}

function errorsTable(): string {
  const rows = Object.entries(CONNECTION_ERRORS).map(([code, { meaning, next }]) => [
    `\`${code}\``,
    meaning,
    next,
  ]);
  return markdownTable(['`code`', 'Meaning', 'Next'], rows);
}
