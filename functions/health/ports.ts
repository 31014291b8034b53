/**
 * What a sweep needs from the outside. Implementations throw {@link ServiceError} when the service behind them
 * does not answer.
 */
import type { ConnectionKey } from '../activation/ports.ts';
import type { AccessToken } from '../pim/credentials.ts';
import type { PimUrl } from '../pim/pim-url.ts';
import type { PimAnswer } from '../pim/send.ts';
import type { Health } from './health.ts';
import type { Prognosis } from './prognosis.ts';

/** A live connection that this sweep has not visited yet. */
export interface ConnectionToVisit extends ConnectionKey {
  readonly kind: 'readable';
  readonly encryptedToken: Uint8Array;
  readonly tokenFingerprint: string;
  /** In how many sweeps in a row the PIM has called this token dead. */
  readonly consecutiveInvalid: number;
}

/** A row that cannot be visited because it was changed by hand. */
export interface UnreadableConnection {
  readonly kind: 'unreadable';
  readonly pim: string;
  readonly clientId: string;
  /** Says which attribute, never its value. */
  readonly problem: string;
}

/** One of several parts of the table that together hold every row once. */
export interface Segment {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

/** Reads the connections that are due. */
export interface ConnectionScanner {
  /**
   * The segment's connections that are `connected` and were not checked at `startedAt` (epoch
   * milliseconds) or later. All connections of one PIM are in one segment.
   */
  scan(
    segment: Segment,
    startedAt: number,
  ): AsyncIterable<ConnectionToVisit | UnreadableConnection>;
}

/** Asks a PIM whether it takes a token. */
export interface PimProber {
  /** Never throws for anything that the PIM does. */
  probe(pim: PimUrl, accessToken: AccessToken): Promise<PimAnswer>;
}

/** What a visit found, and what follows for the connection. */
export interface Finding {
  readonly connection: ConnectionToVisit;
  readonly health: Health;
  readonly prognosis: Prognosis;
  /** Epoch milliseconds at which the PIM answered. */
  readonly checkedAt: number;
  /** Epoch milliseconds at which the sweep began. */
  readonly sweepStartedAt: number;
}

/** Writes down what was found. */
export interface FindingRecorder {
  /**
   * Records a finding in one write, unless the connection has changed since it was read: it has another
   * token, was opened, is no longer `connected`, or another sweep has visited it.
   *
   * @returns false, with nothing written, when it has changed.
   */
  record(finding: Finding): Promise<boolean>;
}
