import { usageError } from '../operator-error.ts';
import type { PimKey } from './pim-key.ts';

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
 * Refuses suffixes that the operator did not mean, or should not want. The client secret's proof and every
 * authorization code go to the listed PIM, so whoever can get a name below the domain can pretend to be one.
 *
 * @throws {OperatorError} for a suffix without its flag.
 */
export function checkSuffix(key: PimKey, flags: SuffixFlags): void {
  if (key.kind === 'exact') return;
  if (!isOperatedByAkeneo(key.domain)) {
    if (!flags.dangerouslyAllowSuffixOfADomainAkeneoDoesNotOperate) throw foreign(key.domain);
  } else if (!flags.allowSuffix) throw unflagged(key.text);
}

/** True for a domain of Akeneo, and for everything below one. */
export function isOperatedByAkeneo(domain: string): boolean {
  return AKENEO_DOMAINS.some((own) => domain === own || domain.endsWith(`.${own}`));
}

function unflagged(text: string): Error {
  return usageError(
    `"${text}" lets every PIM below that domain start a connection.`,
    'That is right for an App Store app; then repeat the command with --allow-suffix. A custom app has one PIM: give its address.',
  );
}

function foreign(domain: string): Error {
  return usageError(
    `Akeneo does not operate ${domain}: whoever gets a name below it could pretend to be a PIM.`,
    `List each PIM by its own address. If you own the whole domain, repeat the command with ${ALLOW_FOREIGN_SUFFIX}`,
  );
}
