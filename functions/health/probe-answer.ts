import type { Disturbance, PimAnswer } from '../pim/token-response.ts';

/** What one request to a PIM came to. */
export type ProbeAnswer = Answered | Disturbed;

/** A whole HTTP answer of at most 64 KiB. */
export interface Answered extends PimAnswer {
  readonly kind: 'answered';
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
