import { tokenRefusal } from '../pim/rest-api-refusals.ts';
import { type Answered, type PimAnswer, type PimFailure, parseJsonObject } from '../pim/send.ts';
import type { Health } from './health.ts';

/**
 * Says what the answer to `GET /api/rest/v1/system-information` means for the connection.
 *
 * Only the PIM's own words end a connection. A 401 or 403 that is worded otherwise comes from something
 * before the PIM (a proxy that drops the `Authorization` header, a firewall's page) and says nothing of the token.
 *
 * @see docs/pim-contract.md §6
 */
export function classify(answer: PimAnswer): Health {
  return answer.kind === 'failed' ? classifyDisturbed(answer) : classifyAnswered(answer);
}

function classifyDisturbed({ failure, status = 0 }: PimFailure): Health {
  return failure === 'unexpected-answer' && !isTrouble(status) ? 'not-a-pim' : 'unreachable';
}

function classifyAnswered({ status, body }: Answered): Health {
  if (isTrouble(status)) return 'unreachable';
  if (status === 401) return classifyRefusal(body);
  const json = parseJsonObject(body);
  if (status === 200) return isSystemInformation(json) ? 'connected' : 'not-a-pim';
  return status === 403 && json['code'] === 403 ? 'forbidden' : 'not-a-pim';
}

/** Statuses that pass: a time-out, too many requests, or a failure of the server or its proxy. */
function isTrouble(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function classifyRefusal(body: string): Health {
  const refusal = tokenRefusal(body);
  return refusal === 'other' ? 'not-a-pim' : refusal;
}

function isSystemInformation({ version, edition }: Readonly<Record<string, unknown>>): boolean {
  return typeof version === 'string' && typeof edition === 'string';
}
