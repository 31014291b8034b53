import { parseUrl } from '../../functions/pim/parse-url.ts';
import { isLoopback } from '../../functions/pim/pim-url.ts';
import { usageError } from '../operator-error.ts';
import { pimsOfClient } from '../secrets/shared-secret.ts';
import type { Session } from '../session.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { suffixDomain } from './pim-key.ts';
import { isOperatedByAkeneo } from './suffix-policy.ts';

/** The long name makes it hard to pass by habit, and easy to find in a shell history. */
export const SHARE_CLIENT_ID = '--dangerously-share-client-id';

/** What the operator has explicitly allowed. */
export interface SharingFlags {
  readonly dangerouslyShareClientId?: boolean;
}

/**
 * Refuses a row that would make PIMs share a client id, unless Akeneo operates all of them. One that somebody else
 * operates can send its users on to another PIM with that client id, and obtain the token that this one issues; the
 * order in which they are listed makes no difference. In a development stage, PIMs on the loopback are taken as well.
 *
 * @throws {OperatorError} for such a row without the flag.
 * @see SECURITY.md, "Mix-up by a listed PIM"
 */
export async function checkSharing(
  { pim, clientId }: Pick<PimRow, 'pim' | 'clientId'>,
  flags: SharingFlags,
  { pims, stack }: Pick<Session, 'pims' | 'stack'>,
): Promise<void> {
  if (flags.dangerouslyShareClientId) return;
  const listed = await pimsOfClient(clientId, pims);
  const sharing = [pim, ...listed.filter((other) => other !== pim)];
  const foreign = sharing.filter((key) => !isTrusted(hostnameOf(key), stack.stage));
  if (sharing.length > 1 && foreign.length > 0) throw refused(clientId, foreign);
}

function isTrusted(hostname: string, stage: Session['stack']['stage']): boolean {
  return isOperatedByAkeneo(hostname) || (stage === 'development' && isLoopback(hostname));
}

/** Of a PIM or suffix; empty, and so nobody's, for a row that was spoilt by hand. */
function hostnameOf(pim: string): string {
  return suffixDomain(pim) ?? parseUrl(pim)?.hostname ?? '';
}

function refused(clientId: string, foreign: readonly string[]): Error {
  return usageError(
    `Client id ${clientId} would be shared by several PIMs, and Akeneo does not operate ${foreign.join(', ')}. Whoever operates such a PIM could get the tokens of the others, by sending its users on to them.`,
    `Create a custom App there, which has credentials of its own, and list the PIM with those. If you trust its operators with the tokens of all the others, repeat the command with ${SHARE_CLIENT_ID}`,
  );
}
