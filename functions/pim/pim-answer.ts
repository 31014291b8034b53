/** What one request to a PIM came to. */
export type PimAnswer = Answered | TransientFailure;

/** An HTTP answer of the PIM, read whole. */
export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly body: string;
  /** The `Retry-After` header as it came: seconds or an HTTP date. */
  readonly retryAfter?: string;
}

/** No whole answer: nobody there, too slow, or too long. */
export interface TransientFailure {
  readonly kind: 'transient-failure';
  readonly failure: FailureKind;
  /** HTTP status, when at least that much arrived. */
  readonly status?: number;
}

/** What went wrong between us and the PIM; each may be over at the next attempt. */
export type FailureKind = 'unreachable' | 'timeout' | 'unexpected-answer';
