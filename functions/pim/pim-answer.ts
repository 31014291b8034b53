/** What one request to a PIM came to. */
export type PimAnswer = Answered | Disturbed;

/** An HTTP answer of the PIM, read whole. */
export interface Answered {
  readonly kind: 'answered';
  readonly status: number;
  readonly body: string;
  /** The `Retry-After` header as it came: seconds or an HTTP date. */
  readonly retryAfter?: string;
}

/** No whole answer: nobody there, too slow, or too long. */
export interface Disturbed {
  readonly kind: 'disturbed';
  readonly disturbance: Disturbance;
  /** HTTP status, when at least that much arrived. */
  readonly status?: number;
}

/** What went wrong between us and the PIM; each may be over at the next attempt. */
export type Disturbance = 'unreachable' | 'timeout' | 'unexpected-answer';
