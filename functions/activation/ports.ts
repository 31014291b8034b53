import type { AccessToken, ClientSecret } from '../pim/credentials.ts';
import type { PimUrl } from '../pim/pim-url.ts';
import type { ScopeSet } from '../pim/scopes.ts';
import type { ConsumedFlow, Flow, FlowId } from './flow.ts';

/**
 * What the flow needs from the outside. Implementations throw {@link ServiceError} when the service behind
 * them does not answer; nothing else is an exception.
 */

/** Epoch milliseconds. */
export type Clock = () => number;

/** What the operator registered for a PIM or a suffix of PIMs. */
export interface PimRegistration {
  readonly clientId: string;
  /** Everything the App asks for, always requested whole. */
  readonly scopes: ScopeSet;
  /** The last part of the PIM's own callback URL; absent for the plain URL. */
  readonly callbackId?: string;
  /** Where users go after connecting, an absolute https URL. */
  readonly appUrl?: string;
  /** Where they go instead, for the App to log them in. The three come together. */
  readonly loginUrl?: string;
  /** Where the App gets the code of a login. */
  readonly redirectUrl?: string;
  /** Stands for the PIM in logins, whatever its address. */
  readonly tenantId?: string;
}

/** The allow-list. */
export interface PimDirectory {
  /** The registration of exactly this PIM, else of the most specific suffix that covers it. */
  find(pim: PimUrl): Promise<PimRegistration | undefined>;
}

/** What an attempt to consume a flow came to. */
export type Consumption =
  | { readonly kind: 'consumed'; readonly flow: ConsumedFlow }
  | { readonly kind: 'unknown' }
  /** Left untouched for its owner. */
  | { readonly kind: 'other-browser' }
  /** Left untouched for its owner, too. */
  | { readonly kind: 'other-callback-url' }
  | { readonly kind: 'expired'; readonly flow: Flow }
  | { readonly kind: 'used'; readonly flow: ConsumedFlow };

/** A flow and whether a callback has consumed it. */
export type StoredFlow =
  | { readonly status: 'pending'; readonly flow: Flow }
  | { readonly status: 'consumed'; readonly flow: ConsumedFlow };

/** Who asks for a flow. */
export interface FlowCaller {
  /** The hashes of the browser's keys; at least one. */
  readonly browserHashes: readonly string[];
  /** The last part of the callback URL; absent at the plain one. */
  readonly callbackId: string | undefined;
}

/** The flows that are under way. */
export interface FlowStore {
  /** Saves a new flow. One with the same id is never overwritten. */
  put(flow: Flow): Promise<void>;
  /**
   * Consumes a pending, unexpired flow of this browser that belongs to this callback URL, and no other: a flow without
   * a callback id is only consumed at the plain URL. Of any number of callers exactly one wins. The
   * expiry is checked here, not by whatever sweeps old flows away.
   */
  consume(id: FlowId, caller: FlowCaller, now: number): Promise<Consumption>;
  /** Remembers that the page at the end of a flow is shown. @returns whether this is the first time. */
  show(id: FlowId): Promise<boolean>;
  /** A flow in any status, expired or not; `undefined` if there is none. */
  find(id: FlowId): Promise<StoredFlow | undefined>;
}

/** Identifies a connection: an App (client id) in a PIM. */
export interface ConnectionKey {
  readonly pim: PimUrl;
  readonly clientId: string;
}

/** What the PIM has just granted. */
export interface Grant extends ConnectionKey {
  readonly requestedScopes: ScopeSet;
  readonly grantedScopes: ScopeSet;
  readonly tokenFingerprint: string;
  readonly flowId: FlowId;
  /**
   * Epoch milliseconds at which the PIM was asked for the token. Of two tokens the one that was asked for later is
   * the newer one, unless both were asked for at the same time; when their answers arrived says nothing.
   */
  readonly tokenRequestedAt: number;
}

/** What may be told of a connection. */
export interface Confirmed {
  readonly grantedScopes: ScopeSet;
  /** Epoch milliseconds. */
  readonly firstConnectedAt: number;
}

/** The connections, as the callback may touch them: it writes them and reads no token back. */
export interface ConnectionStore {
  /**
   * Records that a connection was opened again with the token it has.
   *
   * @returns false, with nothing written, when there is no such connection, it has another token or lacks its ciphertext,
   * or this token was marked as dead after the grant was asked for.
   */
  reopen(grant: Grant): Promise<boolean>;
  /**
   * Saves the connection with its encrypted token, new or over what was there; the time of the first
   * connection stays. A grant that was asked for later always wins, whatever the order of arrival.
   *
   * @param overlapMs refuses as well when another token is there that was asked for so shortly before this one that the
   * PIM may have issued it later.
   * @returns false, with nothing written, when a later grant is there, or this very token was marked as dead after the
   * grant was asked for.
   */
  save(grant: Grant, encryptedToken: Uint8Array, overlapMs?: number): Promise<boolean>;
  /**
   * Saves a token that is known to work over one that is known by its fingerprint, also when that one was asked for
   * later. The later of the two times stays.
   *
   * @returns false, with nothing written, when a third token is there by now, or this one was marked as dead.
   */
  replace(grant: Grant, encryptedToken: Uint8Array, fingerprint: string): Promise<boolean>;
  /** The fingerprint of the stored token; `undefined` if there is none. Reveals nothing else of the connection. */
  storedFingerprint(key: ConnectionKey): Promise<string | undefined>;
  /**
   * What the PIM granted to a connection that is alive and was opened at `since` (epoch milliseconds) or later;
   * `undefined` otherwise. Reveals nothing else of the connection.
   */
  confirm(key: ConnectionKey, since: number): Promise<Confirmed | undefined>;
}

/** Encrypts tokens so that a ciphertext only decrypts for the connection it was made for. */
export interface TokenCipher {
  /** Names the key; another one for another key. */
  readonly keyId: string;
  /** The ciphertext, bound to the connection. */
  encrypt(token: AccessToken, key: ConnectionKey): Promise<Uint8Array>;
}

/** The client secrets of the App, by client id. */
export interface ClientSecrets {
  /**
   * `undefined` if none is stored, or none that can be used.
   *
   * @param options.fresh read past any cache, because the PIM refused the cached one.
   */
  find(clientId: string, options?: { readonly fresh: boolean }): Promise<ClientSecret | undefined>;
}

/** A service that the flow depends on. */
export type Dependency = 'dynamodb' | 'kms';

/**
 * A service did not do what a correct request asks of it: it is down, throttled, or we lack a right.
 * Of the cause only the name is used: an SDK's error holds the request, and whatever prints an error
 * prints its `cause` with it.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly dependency: Dependency;
  readonly #cause: unknown;

  constructor(dependency: Dependency, cause: unknown) {
    super(`${dependency} is unavailable`);
    this.dependency = dependency;
    this.#cause = cause;
  }

  /** The name of the underlying error (`ThrottlingException`, `TimeoutError`); never its message. */
  get causeName(): string {
    return this.#cause instanceof Error ? this.#cause.name : 'unknown';
  }
}

/** Runs a call to a service and turns its failure into an {@link ServiceError}. */
export async function callService<T>(dependency: Dependency, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw new ServiceError(dependency, error);
  }
}
