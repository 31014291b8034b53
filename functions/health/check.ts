import type { DeadStatus } from '../activation/connection-status.ts';
import { type Clock, type ConnectionKey, ServiceError } from '../activation/ports.ts';
import type { AccessToken } from '../pim/credentials.ts';
import { isMalformed, type Malformed } from '../pim/malformed.ts';
import type { PimUrl } from '../pim/pim-url.ts';
import type { PimAnswer } from '../pim/send.ts';
import type { TokenDecrypter } from '../store/kms-token-decrypter.ts';
import { classify, type Health, type NextStatus, nextStatus } from './health.ts';

/** A live connection that this sweep has not checked yet. */
export interface DueConnection extends ConnectionKey {
  readonly encryptedToken: Uint8Array;
  readonly tokenFingerprint: string;
  /** In how many checks in a row the PIM has called this token invalid. */
  readonly consecutiveInvalid: number;
  /** Epoch milliseconds of the check before; absent when there was none since the App was last opened. */
  readonly checkedAt?: number;
}

/** The key of a row, and why it cannot be checked. */
export type MalformedConnection = Malformed & { readonly pim: string; readonly clientId: string };

/** Asks a PIM whether it accepts a token. */
export interface PimProber {
  /** Never throws for anything that the PIM does. */
  probe(pim: PimUrl, accessToken: AccessToken): Promise<PimAnswer>;
}

/** What a check has found, and what follows for the connection. */
export interface Finding {
  readonly connection: DueConnection;
  readonly health: Health;
  readonly next: NextStatus;
  /** Epoch milliseconds at which the PIM answered. */
  readonly checkedAt: number;
  /** Epoch milliseconds at which the sweep began. */
  readonly sweepStartedAt: number;
}

/** Stores findings. */
export interface FindingRecorder {
  /**
   * Records a finding in one write, unless the connection has changed since it was read: it has another
   * token, was opened, is no longer `connected`, or another sweep has checked it.
   *
   * @returns false, with nothing written, when it has changed.
   * @throws {ServiceError} when the table does not answer.
   */
  record(finding: Finding): Promise<boolean>;
}

/** What checks are made with. */
export interface CheckDeps {
  readonly decrypter: TokenDecrypter;
  readonly prober: PimProber;
  readonly findings: FindingRecorder;
  readonly now: Clock;
}

/** The result of a check. Nothing in it is secret. */
export type Check = { readonly pim: string; readonly clientId: string } & (
  | Examined
  /** The check could not be made or recorded, for a reason of ours; the next sweep tries again. */
  | {
      readonly kind: 'failed';
      /** Name of the error (`InvalidCiphertextException`), or which attribute of the row is malformed. */
      readonly problem: string;
    }
);

type Examined =
  /** The finding is recorded. */
  | { readonly kind: 'checked'; readonly health: Health }
  /** The finding is recorded, and it ends the connection. */
  | { readonly kind: 'died'; readonly health: DeadStatus }
  /** The connection changed while its PIM was asked, so the finding was dropped. */
  | { readonly kind: 'superseded' };

/**
 * Checks one connection: decrypts its token, asks its PIM, records the finding. Never throws: a problem with one
 * connection keeps no other from being checked.
 *
 * @param sweepStartedAt epoch milliseconds.
 */
export async function checkConnection(
  connection: DueConnection | MalformedConnection,
  sweepStartedAt: number,
  deps: CheckDeps,
): Promise<Check> {
  const key = { pim: connection.pim.toString(), clientId: connection.clientId };
  if (isMalformed(connection)) return { kind: 'failed', ...key, problem: connection.problem };
  try {
    return { ...key, ...(await examine(connection, sweepStartedAt, deps)) };
  } catch (error) {
    return { kind: 'failed', ...key, problem: nameOf(error) };
  }
}

async function examine(
  connection: DueConnection,
  sweepStartedAt: number,
  { decrypter, prober, findings, now }: CheckDeps,
): Promise<Examined> {
  const accessToken = await decrypter.decrypt(connection.encryptedToken, connection);
  const health = classify(await prober.probe(connection.pim, accessToken));
  const next = nextStatus(health, connection.consecutiveInvalid);
  const checkedAt = Math.max(now(), sweepStartedAt);
  const isRecorded = await findings.record({ connection, health, next, checkedAt, sweepStartedAt });
  if (!isRecorded) return { kind: 'superseded' };
  return next.status ? { kind: 'died', health: next.status } : { kind: 'checked', health };
}

/** A name at most: a message might quote a secret. */
function nameOf(error: unknown): string {
  if (error instanceof ServiceError) return error.causeName;
  return error instanceof Error ? error.name : 'unknown';
}
