import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseUrl } from '../functions/pim/parse-url.ts';
import { formatScope, parseScope, type ScopeSet } from '../functions/pim/scopes.ts';

/** Where an App logs PIM users in. */
export interface LoginUrls {
  /** Where users go after connecting. */
  readonly loginUrl: string;
  /** Where the App gets the code of a login. */
  readonly redirectUrl: string;
}

/** Those of `docs/examples/greet-by-name.ts`. */
const EXAMPLE: LoginUrls = {
  loginUrl: 'http://localhost:8080/login',
  redirectUrl: 'http://localhost:8080/login/done',
};

/** Without `profile` and `email`, an App is told no name and no address. */
const SCOPES = 'openid profile email';

/** The options of `npm start` that tell the App who opens it. */
export const IDENTITY_OPTIONS: readonly Option[] = [
  new Option(
    '--identity',
    `tell the App who opens it; asks for ${SCOPES}, too, unless --scopes are given`,
  ),
  new Option(
    '--login-url <url>',
    `where users go then, for the App to log them in (default: ${EXAMPLE.loginUrl})`,
  ).argParser(readHttpUrl),
  new Option(
    '--redirect-url <url>',
    `where the App gets the code of a login (default: ${EXAMPLE.redirectUrl})`,
  ).argParser(readRedirectUrl),
];

/** What the options ask for, and with it the scopes; ends the process with a message when they contradict each other. */
export function identityOf(command: Command): {
  readonly scopes: ScopeSet;
  readonly login?: LoginUrls;
} {
  const { identity, loginUrl, redirectUrl, scopes } = command.opts<
    Partial<LoginUrls> & { readonly identity?: true; readonly scopes: ScopeSet }
  >();
  if (!identity && (loginUrl ?? redirectUrl) !== undefined)
    command.error('error: --login-url and --redirect-url need --identity');
  if (!identity) return { scopes };
  if ((loginUrl === undefined) !== (redirectUrl === undefined))
    command.error('error: --login-url and --redirect-url belong together: give both, or neither');
  const isChosen = command.getOptionValueSource('scopes') !== 'default';
  if (isChosen && !scopes.includes('openid'))
    command.error('error: --identity needs the scope openid: add it to --scopes');
  return {
    scopes: isChosen ? scopes : parseScope(`${formatScope(scopes)} ${SCOPES}`),
    login: loginUrl && redirectUrl ? { loginUrl, redirectUrl } : EXAMPLE,
  };
}

/** @throws {InvalidArgumentError} for anything but an absolute http or https URL. */
export function readHttpUrl(value: string): string {
  const url = parseUrl(value);
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new InvalidArgumentError('It has to be an absolute http or https URL.');
}

/** @throws {InvalidArgumentError} also for a URL with a fragment, which no server ever sees. */
export function readRedirectUrl(value: string): string {
  const url = readHttpUrl(value);
  if (!url.includes('#')) return url;
  throw new InvalidArgumentError('It has to be a URL without a fragment.');
}
