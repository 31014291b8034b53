import { parseUrl } from '../../functions/pim/parse-url.ts';
import { isLoopback } from '../../functions/pim/pim-url.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { usageError } from '../operator-error.ts';
import type { Session } from '../session.ts';
import { pimsOfClient } from './client-secrets.ts';
import { type PimKey, suffixDomain } from './pim-key.ts';

/**
 * Domains under which nobody but Akeneo hands out names. `cloud.akeneo.com` is where its hosted PIMs live; the rest of
 * `akeneo.com` is Akeneo's own. Keep it short: every operator trusts each entry.
 */
const AKENEO_DOMAINS = ['akeneo.com'];

/** The long name makes it hard to pass by habit, and easy to find in a shell history. */
export const ALLOW_FOREIGN_SUFFIX =
  '--dangerously-allow-suffix-of-a-domain-akeneo-does-not-operate';

/** What the operator has explicitly allowed. */
export interface SuffixFlags {
  readonly allowSuffix?: boolean;
  readonly dangerouslyAllowSuffixOfADomainAkeneoDoesNotOperate?: boolean;
}

/**
 * Refuses suffixes that the operator did not mean, or should not want. Challenges made with the client secret, and
 * authorization codes, go to every listed PIM, so whoever gets a name below the domain can pretend to be one.
 *
 * @throws {OperatorError} for a suffix without its flag.
 */
export function checkSuffix(key: PimKey, flags: SuffixFlags): void {
  if (key.kind === 'exact') return;
  if (!isOperatedByAkeneo(key.domain)) {
    if (!flags.dangerouslyAllowSuffixOfADomainAkeneoDoesNotOperate) throw foreignSuffix(key.domain);
  } else if (!flags.allowSuffix) throw suffixWithoutFlag(key.text);
}

/** True for a domain of Akeneo, and for everything below one. */
export function isOperatedByAkeneo(domain: string): boolean {
  return AKENEO_DOMAINS.some((own) => domain === own || domain.endsWith(`.${own}`));
}

function suffixWithoutFlag(text: string): Error {
  return usageError(
    `"${text}" lets every PIM below that domain start a connection.`,
    'That is right for an App Store app; then repeat the command with --allow-suffix. A custom app has one PIM: give its address.',
  );
}

function foreignSuffix(domain: string): Error {
  return usageError(
    `Akeneo does not operate ${domain}: whoever gets a name below it could pretend to be a PIM.`,
    `List each PIM by its own address. If you own the whole domain, repeat the command with ${ALLOW_FOREIGN_SUFFIX}`,
  );
}

/** The long name makes it hard to pass by habit, and easy to find in a shell history. */
export const SHARE_CLIENT_ID = '--dangerously-share-client-id';

/** What the operator has explicitly allowed. */
export interface SharingFlags {
  readonly dangerouslyShareClientId?: boolean;
}

/**
 * Refuses a row that would make PIMs share a client id, unless Akeneo operates all of them. One that somebody else
 * operates can send its users on to another PIM with that client id, and obtain the token that this one issues,
 * whichever was listed first. In a development stage, PIMs on the loopback are trusted as well.
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
  if (sharing.length > 1 && foreign.length > 0) throw sharedClientId(clientId, foreign);
}

function isTrusted(hostname: string, stage: Session['stack']['stage']): boolean {
  return isOperatedByAkeneo(hostname) || (stage === 'development' && isLoopback(hostname));
}

/** The host name of a PIM or suffix. It is empty, and so not trusted, for a malformed row. */
function hostnameOf(pim: string): string {
  return suffixDomain(pim) ?? parseUrl(pim)?.hostname ?? '';
}

function sharedClientId(clientId: string, foreign: readonly string[]): Error {
  return usageError(
    `Client id ${clientId} would be shared by several PIMs, and Akeneo does not operate ${foreign.join(', ')}. Whoever operates such a PIM could get the tokens of the others, by sending its users on to them.`,
    `Create a custom App there, which has credentials of its own, and list the PIM with those. If you trust its operators with the tokens of all the others, repeat the command with ${SHARE_CLIENT_ID}`,
  );
}
