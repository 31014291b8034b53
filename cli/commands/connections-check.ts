import { paginateQuery } from '@aws-sdk/client-dynamodb';
import { Command } from 'commander';
import { DEAD_STATUSES, type DeadStatus } from '../../functions/activation/connection-status.ts';
import type { Check } from '../../functions/health/check.ts';
import {
  DUE_ATTRIBUTES,
  DynamoDbConnectionScanner,
  DynamoDbFindingRecorder,
  dueConnection,
} from '../../functions/health/check-store.ts';
import { HEALTHS, type Health } from '../../functions/health/health.ts';
import { pimProber } from '../../functions/health/pim-prober.ts';
import {
  type ConnectionScanner,
  type Sweep,
  type SweepDeps,
  type SweepSummary,
  sweepConnections,
} from '../../functions/health/sweep.ts';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { text } from '../../functions/tables/row.ts';
import { CALLED } from '../../terminal/called.ts';
import { plain } from '../../terminal/printable.ts';
import { onePimArgument } from '../command-line.ts';
import { failure, PROGRAM } from '../operator-error.ts';
import { notConnected, onePim } from '../pims/pim-key.ts';
import type { DefineCommand, Session } from '../session.ts';
import { interruptible } from '../terminal/io.ts';
import { type Progress, progressBar, progressLine } from '../terminal/progress.ts';
import { type Colours, colours, table } from '../terminal/text.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} connections check
  ${PROGRAM} connections check https://pim.example.com
  ${CALLED.appQuietly} connections check --json | jq '.troubles[].pim'

It does what the scheduled check does, now: it asks each PIM for its version
with the stored token and records what it found, which "connections list" shows.
This command never asks one PIM twice at once; the scheduled check may, and what
both find at the same time counts once. A connection that two checks in a row
find dead is marked disconnected or replaced, and is not checked again until
somebody opens the App from its PIM.

Ctrl-C stops it once the checks that are under way have ended; what was found
stays on record. It needs kms:Decrypt for the tokens, which are sent to their
PIM and nowhere else. Exit status 1 when any connection does not work.
`;

/** Checks the connections and says which still work. */
export const connectionsCheck: DefineCommand = (open) =>
  new Command('check')
    .summary('ask the PIMs whether the tokens still work')
    .description('Asks each connected PIM whether it still takes its token, and records that.')
    .argument('[pim]', 'address of one PIM (default: all)', onePimArgument)
    .addHelpText('after', AFTER_HELP)
    .action(async (pim: string | undefined, _flags: unknown, command: Command) =>
      runCheck(pim, await open(command)),
    );

async function runCheck(raw: string | undefined, session: Session): Promise<void> {
  const { io } = session;
  const pim = raw === undefined ? undefined : await connectedPim(raw, session);
  await interruptible(io, async (signal) => {
    const checked = await checkConnections(pim, session, signal);
    session.report(checkedJson(checked), checkedText(checked, colours(io.stdout, io.env)));
    signal.throwIfAborted();
    if (checked.troubles.length > 0) throw notAllWell(checked);
  });
}

/** @throws {OperatorError} when the PIM has never connected; a result without connections would not say so. */
async function connectedPim(raw: string, session: Session): Promise<PimUrl> {
  const pim = onePim(raw, session);
  if (await session.connections.hasPim(pim.toString())) return pim;
  throw notConnected(pim);
}

function notAllWell({ troubles, summary }: Checked): Error {
  return failure(
    `${troubles.length} of ${summary.checks} connections are in trouble.`,
    'Do what the table says of them, then run the command again.',
  );
}

interface Checked {
  readonly summary: SweepSummary;
  /** What a person has to look at, in the order in which it was found. */
  readonly troubles: readonly Check[];
}

/**
 * Checks the live connections as the scheduled function does, by the same code and with the same records, and draws a
 * progress bar.
 *
 * @param pim all PIMs if absent.
 * @param signal stops the check once all PIMs that are being asked have answered.
 */
async function checkConnections(
  pim: PimUrl | undefined,
  session: Session,
  signal: AbortSignal,
): Promise<Checked> {
  const troubles: Check[] = [];
  const bar = pim ? undefined : await checkBar(session);
  const onCheck = checkListener(troubles, bar);
  const sweep = { startedAt: session.now(), signal, onCheck, ...(pim && { segments: 1 }) };
  try {
    return { summary: await sweepConnections(sweep, sweepDeps(pim, session)), troubles };
  } finally {
    bar?.end();
  }
}

function checkListener(
  troubles: Check[],
  bar: Progress | undefined,
): NonNullable<Sweep['onCheck']> {
  return (check, { checks }) => {
    if (isTrouble(check)) troubles.push(check);
    bar?.tick(checks);
  };
}

function sweepDeps(pim: PimUrl | undefined, session: Session): SweepDeps {
  const { clients, stack, decrypter, now, pimUrlPolicy: policy } = session;
  const { dynamoDb } = clients;
  const { connectionsTable } = stack;
  return {
    connections: pim
      ? connectionsOfPim(pim, session)
      : new DynamoDbConnectionScanner(dynamoDb, connectionsTable, policy),
    findings: new DynamoDbFindingRecorder(dynamoDb, connectionsTable),
    prober: pimProber(),
    decrypter,
    now,
  };
}

/** Counting the connections costs a query, so it is only done for somebody who sees the bar. */
async function checkBar({ connections, io, now }: Session): Promise<Progress | undefined> {
  if (!io.stderr.isTTY) return undefined;
  const total = await connections.count('connected');
  return progressLine((done) => `Checking connections ${progressBar(done, total)}`, io, now);
}

/** A connection that changed while its PIM was asked is none: somebody has just opened the App. */
function isTrouble(check: Check): boolean {
  if (check.kind === 'checked') return check.health !== 'connected';
  return check.kind !== 'superseded';
}

/**
 * The live connections of one PIM, in place of a scan of the whole table. They are one segment, so this sweep never
 * calls the PIM twice at once.
 */
function connectionsOfPim(
  pim: PimUrl,
  { clients, stack, pimUrlPolicy }: Session,
): ConnectionScanner {
  const input = {
    TableName: stack.connectionsTable,
    KeyConditionExpression: 'pim = :pim',
    FilterExpression: '#status = :connected',
    ProjectionExpression: DUE_ATTRIBUTES.join(', '),
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':pim': text(pim.toString()), ':connected': text('connected') },
    ConsistentRead: true,
  };
  return {
    async *scan() {
      for await (const page of paginateQuery({ client: clients.dynamoDb }, input))
        for (const row of page.Items ?? []) yield dueConnection(row, pimUrlPolicy);
    },
  };
}

/** What each finding means, and what to do about it. */
const MEANINGS: Readonly<Record<Health, string>> = {
  connected: 'the token works',
  disconnected: `${deadMeaning('disconnected')}; if the contract has ended, forget the PIM`,
  replaced: deadMeaning('replaced'),
  forbidden: 'the token works, but the App’s role in the PIM is too small; ask its administrator',
  unreachable: 'no answer in time, or the PIM is in trouble; check again later',
  'not-a-pim': 'something else answers at this address; ask the PIM’s administrator',
};

function checkedJson({ summary, troubles }: Checked) {
  return { ...summary, troubles };
}

/** A line for each connection in trouble, then the counts. */
function checkedText({ summary, troubles }: Checked, paint: Colours): string {
  const lines = troubles.map((check) => `${paint.red('✗')} ${plain(troubleText(check))}\n`);
  return `${lines.join('')}${countsText(summary)}`;
}

function deadMeaning(status: DeadStatus): string {
  const { meaning, next } = DEAD_STATUSES[status];
  const phrase = (sentence: string) =>
    sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
  return `${phrase(meaning)}; ${phrase(next)}`;
}

function troubleText(check: Check): string {
  const { pim, clientId } = check;
  return `${pim}  (client id ${clientId})  ${findingText(check)}`;
}

function findingText(check: Check): string {
  switch (check.kind) {
    case 'died':
      return `${check.health}, for the second time: marked so`;
    case 'checked':
      return check.health;
    case 'failed':
      return `could not be checked: ${check.problem}`;
    case 'superseded':
      return 'was opened in this moment';
  }
}

const FAILED =
  'this check is not able to read or record them; it needs kms:Decrypt and dynamodb:UpdateItem';

const NOTHING = `There is no live connection to check. All there are: ${PROGRAM} connections list\n`;

function countsText({ byHealth, superseded, failed }: SweepSummary): string {
  const counts = [
    ...HEALTHS.map((health) => [health, byHealth[health], MEANINGS[health]] as const),
    ['superseded', superseded, 'opened or changed while their PIM was asked'] as const,
    ['failed', failed, FAILED] as const,
  ].filter(([, count]) => count > 0);
  if (counts.length === 0) return NOTHING;
  const rows = counts.map(([name, count, meaning]) => [name, String(count), meaning]);
  return table(['HEALTH', 'COUNT', 'MEANING'], rows);
}
