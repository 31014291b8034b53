import { appendQuery, buildQuery } from '../http/build-query.ts';
import type { Pim } from '../pim.ts';
import type { PimAccount } from '../users/accounts.ts';
import type { AppAuthorization } from '../users/sessions.ts';

/**
 * Issues a code and returns the App's callback URL with it: `code`, then `state` if the App sent one, and
 * nothing else.
 *
 * @see docs/pim-contract.md §2.4
 */
export function callbackWithCode(
  pim: Pim,
  clientId: string,
  { callbackUrl, state }: AppAuthorization,
  account: PimAccount,
): string {
  const code = pim.codes.issue(clientId, account);
  return appendQuery(callbackUrl, buildQuery({ code, state }));
}
