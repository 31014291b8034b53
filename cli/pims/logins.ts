import type { PimRow } from '../../functions/tables/pims.ts';
import { usageError } from '../operator-error.ts';
import type { Session } from '../session.ts';
import type { Stack } from '../stack.ts';
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

/** The PIM is listed first and the stack deployed after, or the other way round. */
export function warnWithoutLogins({ loginUrl }: LoginUrls, session: Session): void {
  if (loginUrl !== undefined && session.stack.loginUrl === undefined)
    session.warn(
      'this stack hands over no logins, so the login URL is not used. To switch them on: npx cdk deploy -c identity=true',
    );
}
