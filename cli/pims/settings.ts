import { TENANT, TENANT_PLACEHOLDER } from '../../functions/activation/app-url.ts';
import { closestName } from '../../functions/closest-name.ts';
import { parseUrl } from '../../functions/pim/parse-url.ts';
import { isLoopback } from '../../functions/pim/pim-url.ts';
import { isKnownScope, knownScopes } from '../../functions/pim/scope-catalogue.ts';
import {
  formatScope,
  MAX_SCOPE_LENGTH,
  parseScope,
  type ScopeSet,
} from '../../functions/pim/scopes.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { PROGRAM, usageError } from '../operator-error.ts';
import type { Stack } from '../stack.ts';

const SEE_LIST = `All scopes are listed by: ${PROGRAM} pims add --help`;

/** For a PIM that is newer than the list of this version. */
export const ALLOW_UNKNOWN_SCOPES = '--allow-unknown-scopes';

/**
 * Reads what an operator typed as scopes: names with blanks between them.
 *
 * @param options.allowUnknownScopes takes names that are not on the list.
 * @throws {OperatorError} naming every unknown scope, with the likely one, or the length that is too much.
 */
export function requestedScopes(
  typed: string,
  options: { readonly allowUnknownScopes?: boolean } = {},
): ScopeSet {
  const problem = scopesProblem(typed, options);
  if (problem) throw usageError(problem, SEE_LIST);
  return readScopes(typed);
}

/** What is wrong with the typed scopes, if anything; for prompts, which ask again. */
export function scopesProblem(
  typed: string,
  options: { readonly allowUnknownScopes?: boolean } = {},
): string | undefined {
  const scopes = readScopes(typed);
  if (scopes.length === 0) return 'An App needs at least one scope.';
  if (typed.includes(',')) return 'Scopes are separated by blanks, not by commas.';
  const length = formatScope(scopes).length;
  if (length > MAX_SCOPE_LENGTH)
    return `The scopes are ${length} characters long; a PIM takes at most ${MAX_SCOPE_LENGTH}.`;
  const unknown = options.allowUnknownScopes ? [] : scopes.filter((name) => !isKnownScope(name));
  return unknown.length > 0 ? describeUnknown(unknown) : withoutOpenid(scopes);
}

function readScopes(typed: string): ScopeSet {
  return parseScope(typed.trim().replaceAll(/\s+/g, ' '));
}

function describeUnknown(names: readonly string[]): string {
  const described = names.map((name) => {
    const closest = closestName(name, knownScopes());
    return `"${name}"${closest ? ` (did you mean ${closest}?)` : ''}`;
  });
  return `No PIM knows the scope ${described.join(', ')}. If yours does, add ${ALLOW_UNKNOWN_SCOPES}.`;
}

/** @see docs/pim-contract.md §3.2: without `openid` there is no id token that could hold them. */
function withoutOpenid(scopes: ScopeSet): string | undefined {
  const idle = scopes.filter((name) => name === 'profile' || name === 'email');
  if (idle.length === 0 || scopes.includes('openid')) return undefined;
  return `${idle.join(' and ')} give nothing without openid: add openid.`;
}

/** Not every browser takes a longer address in a header. */
const MAX_APP_URL_LENGTH = 2048;

/** What stands for a tenant while an App URL is checked: braces may stand in no host. */
const SOME_TENANT = 'zz-tenant-zz';

/**
 * Reads where users are sent after connecting, with `{tenant}` for the tenant of the PIM.
 *
 * @throws {OperatorError} unless it is an absolute https URL; plain http passes on a loopback host in development.
 */
export function parseAppUrl(
  raw: string,
  stage: Stack['stage'],
  option: AddressOption = '--app-url',
): string {
  const refused = (reason: string) => refusedAddress(option, reason);
  const url = parseUrl(raw.replaceAll(TENANT_PLACEHOLDER, SOME_TENANT));
  if (!url || !isAllowed(url, stage)) throw refused('It must be an absolute https:// address.');
  if (/[{}]/.test(raw.replaceAll(TENANT_PLACEHOLDER, '')))
    throw refused(`Nothing but ${TENANT_PLACEHOLDER} may stand in braces.`);
  if (url.username !== '' || url.password !== '')
    throw refused('It must not hold a user name or password.');
  if (url.href.length > MAX_APP_URL_LENGTH) throw refused('It is longer than 2,048 characters.');
  // RFC 6749, section 3.1.2.
  if (option === '--redirect-url' && url.href.includes('#'))
    throw refused('It must not hold a fragment.');
  return url.href.replaceAll(SOME_TENANT, TENANT_PLACEHOLDER);
}

function isAllowed(url: URL, stage: Stack['stage']): boolean {
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && stage === 'development' && isLoopback(url.hostname);
}

/** The addresses of the App in a PIM's row: what each is called, and an example of it. */
const ADDRESSES = {
  '--app-url': {
    name: 'App URL',
    next: 'Give the page of your App where users go after connecting: --app-url https://app.example.com/welcome',
  },
  '--login-url': {
    name: 'login URL',
    next: 'Give the address of your App that begins a login: --login-url https://app.example.com/login',
  },
  '--redirect-url': {
    name: 'redirect URL',
    next: 'Give the address of your App that ends a login: --redirect-url https://app.example.com/login/done',
  },
} as const;

/** The option that gives such an address. */
export type AddressOption = keyof typeof ADDRESSES;

/** The address is not quoted: it may hold a password. */
function refusedAddress(option: AddressOption, reason: string): Error {
  const { name, next } = ADDRESSES[option];
  return usageError(`The ${name} cannot be used. ${reason}`, next);
}

/**
 * What stands for a PIM in the addresses of the App.
 *
 * @throws {OperatorError} unless it is a label of a host name.
 */
export function parseTenant(raw: string): string {
  if (TENANT.test(raw)) return raw;
  throw usageError(
    'The tenant cannot be used.',
    'Give 1 to 63 lower-case letters, digits and hyphens: --tenant customer-a',
  );
}

/** @throws {OperatorError} for an address of the App with a place for a tenant, without one. */
export function checkTenant(
  row: Pick<PimRow, 'appUrl' | 'loginUrl' | 'redirectUrl' | 'tenant'>,
): void {
  const { appUrl, loginUrl, redirectUrl } = row;
  const addresses = { 'App URL': appUrl, 'login URL': loginUrl, 'redirect URL': redirectUrl };
  const [name] =
    Object.entries(addresses).find(([, address]) => address?.includes(TENANT_PLACEHOLDER)) ?? [];
  if (row.tenant !== undefined || name === undefined) return;
  throw usageError(
    `The ${name} has a place for a tenant, ${TENANT_PLACEHOLDER}, and the PIM has none.`,
    'Give the one of this PIM: --tenant customer-a',
  );
}

/** Fits on one line of a table. */
const MAX_LABEL_LENGTH = 80;

/**
 * A name for people, such as the customer's.
 *
 * @throws {OperatorError} when it is too long for a table, or would rewrite the terminal.
 */
export function parseLabel(raw: string): string {
  const label = raw.trim();
  if (label.length > 0 && label.length <= MAX_LABEL_LENGTH && !/\p{Cc}/u.test(label)) return label;
  throw usageError(
    'The label cannot be used.',
    `Give one line of at most ${MAX_LABEL_LENGTH} characters: --label "Customer A, production"`,
  );
}
