import type { DeadStatus } from '../activation/connection-status.ts';
import { tokenRefusal } from '../pim/rest-api-refusals.ts';
import { type Answered, type PimAnswer, type PimFailure, parseJsonObject } from '../pim/send.ts';
import { isSystemInformation } from '../pim/token-trial.ts';

/**
 * What a check can find out about a connection:
 *
 * | health         | the PIM answered                                       | the token            |
 * | -------------- | ------------------------------------------------------ | -------------------- |
 * | `connected`    | 200 and its version                                    | works                |
 * | `forbidden`    | 403: the App's role is too small                       | works                |
 * | `disconnected` | 401: the App has been disconnected                     | is invalid for good  |
 * | `replaced`     | 401: the token is unknown, as after a change of scopes | is invalid           |
 * | `unreachable`  | nothing in time, 429 twice, or 5xx                     | may work             |
 * | `not-a-pim`    | something that no PIM says: a page, a redirect, a 404  | may work             |
 *
 * @see docs/pim-contract.md §6
 */
export const HEALTHS = [
  'connected',
  'disconnected',
  'replaced',
  'forbidden',
  'unreachable',
  'not-a-pim',
] as const;

export type Health = (typeof HEALTHS)[number];

/** True when the PIM itself says that the token is invalid; the health is then also the connection's new status. */
export function isDead(health: Health): health is DeadStatus {
  return health === 'disconnected' || health === 'replaced';
}

/** True when the PIM accepted the token. A connection that is neither alive nor dead may be either. */
export function isAlive(health: Health): boolean {
  return health === 'connected' || health === 'forbidden';
}

/**
 * Says what the answer to `GET /api/rest/v1/system-information` means for the connection.
 *
 * Only the PIM's own message ends a connection. A 401 or 403 that is worded otherwise comes from something
 * in front of the PIM (a proxy that drops the `Authorization` header, a firewall's page) and says nothing of the token.
 *
 * @see docs/pim-contract.md §6
 */
export function classify(answer: PimAnswer): Health {
  return answer.kind === 'failed' ? classifyFailure(answer) : classifyAnswered(answer);
}

function classifyFailure({ failure, status = 0 }: PimFailure): Health {
  return failure === 'unexpected-answer' && !isTransient(status) ? 'not-a-pim' : 'unreachable';
}

function classifyAnswered({ status, body }: Answered): Health {
  if (isTransient(status)) return 'unreachable';
  if (status === 401) return classifyRefusal(body);
  const json = parseJsonObject(body);
  if (status === 200) return isSystemInformation(json) ? 'connected' : 'not-a-pim';
  return status === 403 && json['code'] === 403 ? 'forbidden' : 'not-a-pim';
}

/** A time-out, too many requests, or a failure of the server or its proxy. */
function isTransient(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function classifyRefusal(body: string): Health {
  const refusal = tokenRefusal(body);
  return refusal === 'other' ? 'not-a-pim' : refusal;
}

/** In how many checks in a row a PIM has to call a token invalid before the connection ends. */
const INVALID_ANSWERS_UNTIL_DEAD = 2;

/** What a check changes about a connection. */
export interface NextStatus {
  /** Checks, this one included, in which the PIM has called the token invalid and none in between accepted it. */
  readonly consecutiveInvalid: number;
  /** Absent when the connection stays `connected`. */
  readonly status?: DeadStatus;
}

/**
 * Ends a connection at the second invalid answer. A single 401 may come from a PIM that is being restored, or from a
 * front end that answers in its place, and an ended connection is lost to its back ends.
 *
 * A check in between that the PIM did not answer changes nothing: it said nothing of the token.
 *
 * @param before the consecutive invalid answers so far.
 */
export function nextStatus(health: Health, before: number): NextStatus {
  if (isAlive(health)) return { consecutiveInvalid: 0 };
  if (!isDead(health)) return { consecutiveInvalid: before };
  const consecutiveInvalid = before + 1;
  return consecutiveInvalid < INVALID_ANSWERS_UNTIL_DEAD
    ? { consecutiveInvalid }
    : { consecutiveInvalid, status: health };
}
