import { DynamoDbConnectionScanner } from '../../functions/health/dynamodb-connection-scanner.ts';
import { DynamoDbFindingRecorder } from '../../functions/health/dynamodb-finding-recorder.ts';
import { pimProber } from '../../functions/health/pim-prober.ts';
import { type Sweep, type SweepDeps, sweepConnections } from '../../functions/health/sweep.ts';
import type { SweepSummary } from '../../functions/health/tally.ts';
import type { Visit } from '../../functions/health/visit.ts';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import type { Session } from '../session.ts';
import { type Progress, progressLine } from '../terminal/progress.ts';
import { progressBar } from '../terminal/progress-bar.ts';
import { connectionsOfPim } from './connections-of-pim.ts';

/** What a check found. */
export interface Checked {
  readonly summary: SweepSummary;
  /** The visits that a person has to look at, as they ended. */
  readonly troubles: readonly Visit[];
}

/**
 * Visits the live connections as the scheduled function does, by the same code and with the same records, and draws a
 * progress bar.
 *
 * @param pim all PIMs if absent.
 * @param signal stops the check once the visits that are under way have ended.
 */
export async function checkConnections(
  pim: PimUrl | undefined,
  session: Session,
  signal: AbortSignal,
): Promise<Checked> {
  const troubles: Visit[] = [];
  const bar = pim ? undefined : await checkBar(session);
  const onVisit = visitListener(troubles, bar);
  const sweep = { startedAt: session.now(), signal, onVisit, ...(pim && { segments: 1 }) };
  try {
    return { summary: await sweepConnections(sweep, sweepDeps(pim, session)), troubles };
  } finally {
    bar?.end();
  }
}

function visitListener(
  troubles: Visit[],
  bar: Progress | undefined,
): NonNullable<Sweep['onVisit']> {
  return (visit, { visits }) => {
    if (isTrouble(visit)) troubles.push(visit);
    bar?.tick(visits);
  };
}

function sweepDeps(pim: PimUrl | undefined, session: Session): SweepDeps {
  const { clients, stack, decrypter, now, pimUrlPolicy: policy } = session;
  const { dynamoDb } = clients;
  const table = stack.connectionsTable;
  return {
    connections: pim
      ? connectionsOfPim(dynamoDb, table, { pim, policy })
      : new DynamoDbConnectionScanner(dynamoDb, table, policy),
    findings: new DynamoDbFindingRecorder(dynamoDb, table),
    prober: pimProber(),
    decrypter,
    now,
  };
}

/** How much there is to do is only counted for somebody who sees the bar. */
async function checkBar({ connections, io, now }: Session): Promise<Progress | undefined> {
  if (!io.stderr.isTTY) return undefined;
  const total = await connections.count('connected');
  return progressLine((done) => `Checking connections ${progressBar(done, total)}`, io, now);
}

/** A connection that changed while its PIM was asked has just been opened, so it is none. */
function isTrouble(visit: Visit): boolean {
  if (visit.kind === 'visited') return visit.health !== 'connected';
  return visit.kind !== 'superseded';
}
