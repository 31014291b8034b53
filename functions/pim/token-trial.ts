import type { Agent } from 'node:https';
import type { AccessToken } from './credentials.ts';
import type { PimUrl } from './pim-url.ts';
import { tokenRefusal } from './rest-api-refusals.ts';
import { type PimAnswer, parseJsonObject, send } from './send.ts';

/** The browser waits meanwhile. */
const TRIAL_TIMEOUT_MS = 2_000;

/** What a PIM says of a token: it works, it is dead, or nothing that is certain. */
export type TrialResult = 'accepted' | 'refused' | 'unclear';

/** Tries a token once. Never throws. */
export type TokenTrial = (pim: PimUrl, token: AccessToken) => Promise<TrialResult>;

/**
 * Tries a token on its PIM, for two seconds at most.
 *
 * @param agent how HTTPS connections are made; see {@link pimAgent}.
 */
export async function tryToken(
  pim: PimUrl,
  token: AccessToken,
  agent?: Agent,
): Promise<TrialResult> {
  const answer = await askSystemInformation(pim, token, TRIAL_TIMEOUT_MS, agent);
  if (answer.kind !== 'answered') return 'unclear';
  // A proxy answers 200 with a page of its own, too.
  if (answer.status === 200)
    return isSystemInformation(parseJsonObject(answer.body)) ? 'accepted' : 'unclear';
  const isRefused = answer.status === 401 && tokenRefusal(answer.body) !== 'other';
  return isRefused ? 'refused' : 'unclear';
}

/**
 * The cheapest call that needs a token: two short values, and no permission is required. Never throws.
 *
 * @see docs/pim-contract.md §6
 */
export function askSystemInformation(
  pim: PimUrl,
  token: AccessToken,
  timeoutMs: number,
  agent?: Agent,
): Promise<PimAnswer> {
  const headers = { authorization: `Bearer ${token.reveal()}` };
  const url = pim.at('/api/rest/v1/system-information');
  return send(url, { method: 'GET', headers }, timeoutMs, agent);
}

/** Whether an object is what {@link askSystemInformation} asks for. */
export function isSystemInformation({
  version,
  edition,
}: Readonly<Record<string, unknown>>): boolean {
  return typeof version === 'string' && typeof edition === 'string';
}
