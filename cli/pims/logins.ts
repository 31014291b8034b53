import type { PimRow } from '../../functions/tables/pims.ts';
import { deployWith } from '../../terminal/called.ts';
import { asArgument, type OperatorError, PROGRAM, usageError } from '../operator-error.ts';
import type { Session } from '../session.ts';
import type { Stack } from '../stack.ts';
import { collectAll } from '../terminal/progress.ts';
import { parseAppUrl } from './settings.ts';

/** The two addresses by which the App logs PIM users in; `false` takes both away. */
export interface LoginFlags {
  readonly loginUrl?: string | false;
  readonly redirectUrl?: string;
}

type LoginUrls = Pick<PimRow, 'loginUrl' | 'redirectUrl'>;

/**
 * The two addresses after a change.
 *
 * @throws {OperatorError} for an address that this stack does not take.
 */
export function loginUrls(
  before: LoginUrls,
  { loginUrl: givenLogin, redirectUrl: givenRedirect }: LoginFlags,
  stage: Stack['stage'],
): LoginUrls {
  if (givenLogin === false) return {};
  const loginUrl = givenLogin && parseAppUrl(givenLogin, stage, '--login-url');
  const redirectUrl = givenRedirect && parseAppUrl(givenRedirect, stage, '--redirect-url');
  return {
    ...before,
    ...(loginUrl !== undefined && { loginUrl }),
    ...(redirectUrl !== undefined && { redirectUrl }),
  };
}

/** @throws {OperatorError} for one address without the other, and for both without `openid`, which gives no login. */
export function checkLogins({
  loginUrl,
  redirectUrl,
  scopes,
}: LoginUrls & Partial<Pick<PimRow, 'scopes'>>): void {
  if ((loginUrl === undefined) !== (redirectUrl === undefined))
    throw usageError(
      'A login URL and a redirect URL belong together.',
      'Give both: --login-url https://app.example.com/login --redirect-url https://app.example.com/login/done',
    );
  if (loginUrl !== undefined && scopes !== undefined && !scopes.includes('openid'))
    throw usageError(
      'The App can log nobody in without the scope openid.',
      'Add openid to the scopes, and profile and email if the App needs names and addresses; or leave the login URL out: --no-login-url',
    );
}

/** The only form that a tenant id has been given; as text, since a person's `sub` is a hash of it. */
const TENANT_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Reads the tenant id that a PIM had where it was listed before. @throws {OperatorError} */
export function parseTenantId(raw: string): string {
  if (TENANT_ID.test(raw)) return raw;
  throw usageError(
    'That is no tenant id.',
    'Give the one that "pims list --json" has shown for the PIM, or leave it out for a new one.',
  );
}

/**
 * What is wrong with a tenant id that another row has: with one id for both, a PIM could pretend that its users are those
 * of the other.
 *
 * @param tenantId `undefined` for one that is new.
 */
export async function tenantIdProblem(
  tenantId: string | undefined,
  pim: string,
  { pims }: Pick<Session, 'pims'>,
): Promise<OperatorError | undefined> {
  if (tenantId === undefined) return undefined;
  const ofTenant = await collectAll(pims.keysWith('tenantId', tenantId));
  const others = ofTenant.filter((key) => key !== pim);
  if (others.length === 0) return undefined;
  return usageError(
    `That is the tenant id of ${others.join(', ')}, and two PIMs must not have one.`,
    `If the PIM has got another address: ${PROGRAM} pims move ${others.map(asArgument).join(' ')} ${asArgument(pim)}`,
  );
}

/** The PIM is listed first and the stack deployed after, or the other way round. */
export function warnWithoutLogins({ loginUrl }: LoginUrls, session: Session): void {
  if (loginUrl !== undefined && session.stack.loginUrl === undefined)
    session.warn(
      `this stack hands over no logins, so the login URL is not used. To switch them on: ${deployWith({ identity: true })}`,
    );
}
