import { EXCHANGE_FAILURES } from './exchange-failures.ts';
import type { Outcome } from './outcome.ts';
import { REQUEST_REFUSALS } from './request-refusals.ts';
import { SUCCESS } from './success.ts';

export type { Cause, Outcome } from './outcome.ts';

/** A request that went as it should. */
export type SuccessCode = keyof typeof SUCCESS;
/** A request after which nothing is connected that was not before. */
export type RefusalCode = keyof typeof REQUEST_REFUSALS | keyof typeof EXCHANGE_FAILURES;

/** The stable name of a way in which a request can end; names are never reused or renamed. */
export type OutcomeCode = SuccessCode | RefusalCode;

/** Every outcome by its code, in the order of the runbook. */
export const OUTCOMES: Readonly<Record<OutcomeCode, Outcome>> = {
  ...SUCCESS,
  ...REQUEST_REFUSALS,
  ...EXCHANGE_FAILURES,
};
