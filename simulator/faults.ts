import type { IdTokenForgery } from './id-token.ts';

/** Where a fault happens: the token endpoint, the web API, authorize, `scopes/update`, or the key of id tokens. */
export type FaultPoint = 'token' | 'api' | 'authorize' | 'scopes' | 'public-key';

/** What happens to the PIM's answer. */
export type FaultKind =
  /** The answer comes `ms` milliseconds late. If the client hangs up before, nothing has changed in the PIM. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is reset before anything happened. */
  | { readonly kind: 'reset' }
  /** Another status: 429 in the PIM's words, others as a proxy in front of it sends them. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** The `Retry-After` header: seconds or an HTTP date. */
      readonly retryAfter?: string;
    }
  /** A login page with status 200, as a proxy sends it when a session has expired. */
  | { readonly kind: 'html' }
  /** A JSON document of a mebibyte, streamed. Only its size is wrong. */
  | { readonly kind: 'huge-body' }
  /** Status 200 and this body, by default incomplete JSON. */
  | { readonly kind: 'wrong-json'; readonly body?: string };

/** Faults that only the exchange of a code can have. */
export type TokenFaultKind =
  /** The code in the request has expired already. */
  | { readonly kind: 'expired-code' }
  /** The exchange succeeds, and the connection is reset before the answer. */
  | { readonly kind: 'answer-lost' }
  /** The PIM refuses the request with this error: `invalid_client` for a wrong client secret. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Somebody has disconnected the App since the code was issued. */
  | { readonly kind: 'disconnected' }
  /** The id token is one that no App may believe; nothing else is wrong with the answer. */
  | { readonly kind: 'forged-id-token'; readonly forgery: IdTokenForgery }
  /** The PIM replaces its key as soon as it has signed the id token, so that no key verifies it. */
  | { readonly kind: 'key-rotated' };

/** Faults that only an authorize request can have. */
export type AuthorizeFaultKind =
  /** The PIM knows only half of the scopes that the App asks for. */
  | { readonly kind: 'fewer-scopes' }
  /** The browser goes straight back to the App, with this query and the state. */
  | { readonly kind: 'sent-back'; readonly query: string };

/** A fault for the next request to a point, or for the next `times` of them. */
export type Fault = { readonly times?: number } & (
  | ({ readonly at: FaultPoint } & FaultKind)
  | ({ readonly at: 'token' } & TokenFaultKind)
  | ({ readonly at: 'authorize' } & AuthorizeFaultKind)
);

/** The faults that have been ordered and have not happened yet. */
export class FaultQueue {
  readonly #queued: Fault[] = [];

  /** Queues a fault, `times` times or once. */
  order(fault: Fault): void {
    for (let left = fault.times ?? 1; left > 0; left -= 1) this.#queued.push(fault);
  }

  /** Those that have not happened yet, oldest first. */
  get waiting(): readonly Fault[] {
    return this.#queued;
  }

  clear(): void {
    this.#queued.length = 0;
  }

  /** Removes and returns the oldest fault for a request to this path; `undefined` when there is none. */
  take(path: string): Fault | undefined {
    const index = this.#queued.findIndex((fault) => fault.at === faultPoint(path));
    return index < 0 ? undefined : this.#queued.splice(index, 1)[0];
  }
}

function faultPoint(path: string): FaultPoint | undefined {
  if (path === '/connect/apps/v1/oauth2/token') return 'token';
  if (path === '/connect/apps/v1/authorize') return 'authorize';
  if (path === '/connect/apps/v1/scopes/update') return 'scopes';
  if (path === '/connect/apps/v1/openid/public-key') return 'public-key';
  return path.startsWith('/api/') ? 'api' : undefined;
}
