import type { PimUrl } from '../pim/pim-url.ts';
import type { ScopeSet } from '../pim/scopes.ts';
import type { FlowId } from './keys.ts';

/**
 * How long a PIM user may take from "Connect" to the callback: a login, the wizard, a question to a
 * colleague. The PIM never tells that a user gave up, so a flow can only time out.
 */
export const FLOW_LIFETIME_MS = 30 * 60 * 1000;

/** How long a consumed flow can still tell its browser "connected"; it holds no secret. */
export const RESULT_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Attempts of one user's flow: the one they started, and one silent restart. */
export const MAX_ATTEMPTS = 2;

/**
 * One way of a browser from the activation URL to the callback. It holds all that the callback
 * needs, taken from the allow-list when the flow began; the callback trusts nothing in its query.
 */
export interface Flow {
  readonly id: FlowId;
  readonly pim: PimUrl;
  readonly clientId: string;
  /** The scopes that were requested. */
  readonly scopes: ScopeSet;
  /** Where the user goes afterwards; the success page if absent. */
  readonly appUrl?: string;
  /** Hash of the key in the browser's cookie. */
  readonly browserHash: string;
  /** 1, or 2 after the silent restart. */
  readonly attempt: number;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A flow that a callback has consumed. */
export interface ConsumedFlow extends Flow {
  /** Epoch milliseconds. */
  readonly consumedAt: number;
}

/**
 * The PIM answers a connected App without asking anybody, within a second or two; a person in the wizard
 * takes longer. So a quick return is most likely an "Open app" with an unchanged token. Being wrong costs
 * one call to the store and nothing else.
 */
export function returnedSilently(flow: ConsumedFlow): boolean {
  return flow.consumedAt - flow.startedAt < 5_000;
}
