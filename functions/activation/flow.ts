import { createHash, randomBytes } from 'node:crypto';
import { Redacted } from '../pim/credentials.ts';
import { type Malformed, malformed } from '../pim/malformed.ts';
import type { PimUrl } from '../pim/pim-url.ts';
import type { ScopeSet } from '../pim/scopes.ts';

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
 * One attempt of a browser to connect a PIM, from the activation URL to the callback. It holds all that the callback
 * needs, taken from the allow-list when the flow began. The callback trusts nothing in its query.
 */
export interface Flow {
  readonly id: FlowId;
  readonly pim: PimUrl;
  readonly clientId: string;
  /** The scopes that were requested. */
  readonly scopes: ScopeSet;
  /** The last part of the one callback URL that may use the flow; absent for the plain URL. */
  readonly callbackId?: string;
  /** Where the user goes afterwards; the success page if absent. */
  readonly appUrl?: string;
  /** Where the user goes instead, for the App to log them in. */
  readonly loginUrl?: string;
  /** Where the App gets the code of a login; there if {@link loginUrl} is. */
  readonly redirectUrl?: string;
  /** Stands for the PIM in logins; there if {@link loginUrl} is. */
  readonly tenantId?: string;
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
  /** Whether the page at its end was shown. */
  readonly wasShown: boolean;
}

/**
 * The PIM answers a connected App without asking anybody, within a second or two; a person in the wizard
 * takes longer. So a quick return is most likely an "Open app" with an unchanged token. Being wrong costs
 * one call to the store and nothing else.
 */
export function returnedSilently(flow: ConsumedFlow): boolean {
  return flow.consumedAt - flow.startedAt < 5_000;
}

/** Makes 256 random bits, as 43 characters of base64url. Injected, so that tests can mark them. */
export type RandomText = () => string;

/** 256 bits in base64url without padding. */
const SHAPE = /^[A-Za-z0-9_-]{43}$/;

const NOT_256_BITS = malformed('It is not 256 bits in base64url.');

/**
 * The `state` of one flow. It is only ever sent; what is stored is its hash, so that a leaked
 * table cannot finish a flow.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-10.12 RFC 6749, section 10.12}
 */
export class State extends Redacted {
  readonly kind = 'state';

  /** A new one for each flow. */
  static generate(random: RandomText): State {
    return new State(random());
  }

  /** Malformed is a text of another shape, for which no flow can exist. */
  static parse(value: string): State | Malformed {
    return SHAPE.test(value) ? new State(value) : NOT_256_BITS;
  }

  /** The key of the flow. It is no secret: without the browser's cookie it opens nothing. */
  hash(): FlowId {
    // The digest has the shape of a flow id; the brand is given here and in parseFlowId only.
    return sha256(this.reveal()) as FlowId;
  }
}

/**
 * What a browser proves itself with: the value of its cookie. All tabs of a browser use one key, so any number of tabs
 * and PIMs can be under way at once; tabs that are opened at the same first moment make one each. A `state` alone only
 * proves that this App issued it, not that this browser asked for it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.7 RFC 9700, section 4.7}
 */
export class BrowserKey extends Redacted {
  readonly kind = 'browser key';

  /** For a browser that has none yet. */
  static generate(random: RandomText): BrowserKey {
    return new BrowserKey(random());
  }

  /** Malformed is a cookie's value of another shape. */
  static parse(value: string): BrowserKey | Malformed {
    return SHAPE.test(value) ? new BrowserKey(value) : NOT_256_BITS;
  }

  /** What a flow stores of it: a leaked table holds no key of a browser. */
  hash(): string {
    return sha256(this.reveal());
  }
}

/** The hash of a flow's `state`: its key in the table, and its name in the address of the last page. */
export type FlowId = string & { readonly __flowId: true };

/** Malformed is a text that is no hash of a `state`. */
export function parseFlowId(value: string): FlowId | Malformed {
  return SHAPE.test(value) ? (value as FlowId) : NOT_256_BITS;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** 256 bits from the operating system, in base64url. */
export function randomText(): string {
  return randomBytes(32).toString('base64url');
}
