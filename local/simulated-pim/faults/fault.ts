/** Where a fault strikes: the token endpoint, the web API, authorize, or `scopes/update`. */
export type FaultPoint = 'token' | 'api' | 'authorize' | 'scopes';

/** What a fault does instead of, or to, the PIM's answer. */
export type FaultKind =
  /** The answer comes `ms` milliseconds late. A client that hangs up before has changed nothing. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection is reset before anything happened. */
  | { readonly kind: 'reset' }
  /** A status in place of the answer: 429 as the PIM words it, others as the proxy before it does. */
  | {
      readonly kind: 'status';
      readonly status: number;
      /** The `Retry-After` header: seconds or an HTTP date. */
      readonly retryAfter?: string;
    }
  /** A login page with status 200, as from a proxy that lost its session. */
  | { readonly kind: 'html' }
  /** A JSON document of a mebibyte, streamed, that looks good for as long as one reads it. */
  | { readonly kind: 'huge-body' }
  /** Status 200 and this body, by default JSON that breaks off. */
  | { readonly kind: 'wrong-json'; readonly body?: string };

/** What only an exchange of a code can suffer. */
export type TokenFaultKind =
  /** The code that the request brings is 30 seconds over already. */
  | { readonly kind: 'expired-code' }
  /** The exchange happens and uses the code up; then the connection is reset before the answer. */
  | { readonly kind: 'answer-lost' };

/** A fault that a test orders: the next matching request meets it, or the next few. */
export type Fault = { readonly times?: number } & (
  | ({ readonly at: FaultPoint } & FaultKind)
  | ({ readonly at: 'token' } & TokenFaultKind)
);
