/** Where a fault happens: the token endpoint, the web API, authorize, or `scopes/update`. */
export type FaultPoint = 'token' | 'api' | 'authorize' | 'scopes';

/** What a fault does instead of, or to, the PIM's answer. */
export type FaultKind =
  /** The answer comes `ms` milliseconds late. A client that closes the connection before has changed nothing. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is reset before anything happened. */
  | { readonly kind: 'reset' }
  /** A status in place of the answer: 429 in the PIM's words, others as a proxy in front of it sends them. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** The `Retry-After` header: seconds or an HTTP date. */
      readonly retryAfter?: string;
    }
  /** A login page with status 200, as from a proxy whose session has expired. */
  | { readonly kind: 'html' }
  /** A JSON document of a mebibyte, streamed. Nothing is wrong with it but its size. */
  | { readonly kind: 'huge-body' }
  /** Status 200 and this body, by default incomplete JSON. */
  | { readonly kind: 'wrong-json'; readonly body?: string };

/** Faults that only the exchange of a code can have. */
export type TokenFaultKind =
  /** The code that the request brings has expired already. */
  | { readonly kind: 'expired-code' }
  /** The exchange happens and uses the code up; then the connection is reset before the answer. */
  | { readonly kind: 'answer-lost' };

/** A fault that a test orders for the next matching request, or for the next `times` of them. */
export type Fault = { readonly times?: number } & (
  | ({ readonly at: FaultPoint } & FaultKind)
  | ({ readonly at: 'token' } & TokenFaultKind)
);
