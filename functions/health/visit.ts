import { type Clock, ServiceError } from '../activation/ports.ts';
import type { TokenDecrypter } from '../store/kms-token-decrypter.ts';
import { classify } from './classify.ts';
import type { DeadHealth, Health } from './health.ts';
import type {
  ConnectionToVisit,
  FindingRecorder,
  PimProber,
  UnreadableConnection,
} from './ports.ts';
import { prognosis } from './prognosis.ts';

/** What came of a visit. Nothing in it is secret. */
export type Visit = Visited | Died | Superseded | Failed;

interface OfConnection {
  readonly pim: string;
  readonly clientId: string;
}

/** The finding is on the record. */
export interface Visited extends OfConnection {
  readonly kind: 'visited';
  readonly health: Health;
}

/** The finding is on the record, and it is the one that ends the connection. */
export interface Died extends OfConnection {
  readonly kind: 'died';
  readonly health: DeadHealth;
}

/** The connection changed while its PIM was asked, so the finding was dropped. */
export interface Superseded extends OfConnection {
  readonly kind: 'superseded';
}

/** The visit could not be made or recorded, for a reason of ours; the next sweep tries again. */
export interface Failed extends OfConnection {
  readonly kind: 'failed';
  /** Name of the error (`InvalidCiphertextException`), or which attribute of the row is not usable. */
  readonly problem: string;
}

/** What visits are made with. */
export interface VisitDeps {
  readonly decrypter: TokenDecrypter;
  readonly prober: PimProber;
  readonly findings: FindingRecorder;
  readonly now: Clock;
}

/**
 * Visits one connection: decrypts its token, asks its PIM, records what it says. Never throws: what goes wrong
 * with one connection keeps no other from being visited.
 *
 * @param sweepStartedAt epoch milliseconds.
 */
export async function visitConnection(
  connection: ConnectionToVisit | UnreadableConnection,
  sweepStartedAt: number,
  deps: VisitDeps,
): Promise<Visit> {
  const key = { pim: connection.pim.toString(), clientId: connection.clientId };
  if (connection.kind === 'unreadable')
    return { kind: 'failed', ...key, problem: connection.problem };
  try {
    return { ...key, ...(await examine(connection, sweepStartedAt, deps)) };
  } catch (error) {
    return { kind: 'failed', ...key, problem: nameOf(error) };
  }
}

async function examine(
  connection: ConnectionToVisit,
  sweepStartedAt: number,
  { decrypter, prober, findings, now }: VisitDeps,
) {
  const accessToken = await decrypter.decrypt(connection.encryptedToken, connection);
  const health = classify(await prober.probe(connection.pim, accessToken));
  const next = prognosis(health, connection.consecutiveInvalid);
  const checkedAt = Math.max(now(), sweepStartedAt);
  const finding = { connection, health, prognosis: next, checkedAt, sweepStartedAt };
  if (!(await findings.record(finding))) return { kind: 'superseded' } as const;
  return next.mark
    ? ({ kind: 'died', health: next.mark } as const)
    : ({ kind: 'visited', health } as const);
}

/** A name at most: a message might quote what it is about. */
function nameOf(error: unknown): string {
  if (error instanceof ServiceError) return error.causeName;
  return error instanceof Error ? error.name : 'unknown';
}
