import { State } from '../../functions/activation/flow.ts';
import { BROWSER_COOKIE_PREFIX } from '../../functions/http/request.ts';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { parseUrl } from '../../functions/pim/parse-url.ts';
import { PimUrl, type PimUrlPolicy } from '../../functions/pim/pim-url.ts';
import { formatScope } from '../../functions/pim/scopes.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { type Finding, fail, result } from '../finding.ts';
import { PROGRAM } from '../operator-error.ts';
import { pimBelow, suffixDomain } from '../pims/pim-key.ts';
import type { Answer } from '../send.ts';
import type { Stack } from '../stack.ts';
import { activationUrl, checkHeaders, unreachable } from './pages.ts';
import { DEPLOY_AGAIN, probe } from './probe.ts';

const CHECK = 'Listed PIM';

/**
 * Opens the activation URL as one listed PIM does: the first exact one, else a made-up name below a suffix. It leaves
 * one flow behind, which expires by itself. The redirect is not followed, so no PIM is called.
 */
export async function checkListed(
  rows: readonly PimRow[],
  { activateUrl, customDomainTarget }: Stack,
  policy: PimUrlPolicy,
): Promise<readonly Finding[]> {
  const example = exampleOf(rows, policy);
  if (!example) return [nothingListed()];
  const url = activationUrl(activateUrl, example.pim.toString());
  const sent = await probe(url);
  if (sent.kind === 'failed')
    return [unreachable(CHECK, { url, name: 'Activate URL', customDomainTarget }, sent)];
  const { headers } = sent.answer;
  return [
    checkRedirect(example, sent.answer),
    checkCookie(headers['set-cookie']),
    checkHeaders('Headers of redirects', headers, { isPage: false }),
  ];
}

interface Example {
  readonly row: PimRow;
  readonly pim: PimUrl;
}

function exampleOf(rows: readonly PimRow[], policy: PimUrlPolicy): Example | undefined {
  const isExact = ({ pim }: PimRow) => suffixDomain(pim) === undefined;
  const exactFirst = [...rows.filter(isExact), ...rows.filter((row) => !isExact(row))];
  for (const row of exactFirst) {
    const pim = pimOf(row, policy);
    if (pim) return { row, pim };
  }
  return undefined;
}

function pimOf({ pim }: PimRow, policy: PimUrlPolicy): PimUrl | undefined {
  const domain = suffixDomain(pim);
  if (domain !== undefined) return pimBelow(domain, policy);
  const parsed = PimUrl.parse(pim, policy);
  return isMalformed(parsed) ? undefined : parsed;
}

function nothingListed(): Finding {
  return fail(
    CHECK,
    'no PIM is listed, so nobody can connect',
    `List the first: ${PROGRAM} pims add <url>. It prints the two URLs to register in the PIM.`,
  );
}

/**
 * Checks the redirect to the PIM's authorize page. Its state is never shown: together with the cookie it would finish
 * the flow.
 *
 * @see docs/pim-contract.md §2.1
 */
function checkRedirect({ row, pim }: Example, { status, headers }: Answer): Finding {
  const location = parseUrl(headers['location']?.[0] ?? '');
  const problems =
    status === 302 && location
      ? redirectProblems(location, row, pim)
      : [`${pim.toString()}: answered with ${status} instead of a redirect to the PIM`];
  return result(CHECK, problems, {
    ok: `${pim.toString()} is sent to its authorize page with client id, scopes and a fresh state`,
    next: 'If the PIM was added or changed within the last minute, wait for one; otherwise look at the log of the activate function.',
  });
}

function redirectProblems(location: URL, row: PimRow, pim: PimUrl): readonly string[] {
  const authorize = pim.at('/connect/apps/v1/authorize');
  const parameters = location.searchParams;
  return [
    ...(location.origin + location.pathname === authorize.href
      ? []
      : [`the browser is sent to ${location.host} instead of ${authorize.host}`]),
    ...parameterProblems(parameters, row),
    ...(isMalformed(State.parse(parameters.get('state') ?? ''))
      ? ['the state is not 256 bits long']
      : []),
  ];
}

function parameterProblems(parameters: URLSearchParams, row: PimRow): readonly string[] {
  const wanted = {
    response_type: 'code',
    client_id: row.clientId,
    scope: formatScope(row.scopes),
  };
  const wrong = Object.entries(wanted).filter(([name, value]) => parameters.get(name) !== value);
  return wrong.map(([name]) => `${name} is not the one that is listed`);
}

/** What the `__Host-` prefix and the return from the PIM require. @see functions/http/request.ts */
const WANTED_ATTRIBUTES: readonly string[] = ['path=/', 'secure', 'httponly', 'samesite=lax'];

/** Checks the cookie that ties a flow to its browser: its name and its flags, never its value. */
function checkCookie(setCookie: readonly string[] = []): Finding {
  const cookie = setCookie.find((line) => line.startsWith(BROWSER_COOKIE_PREFIX));
  const problems =
    cookie === undefined ? [`${BROWSER_COOKIE_PREFIX}… is not set`] : cookieProblems(cookie);
  return result('Browser cookie', problems, {
    ok: `${BROWSER_COOKIE_PREFIX}… is Secure, HttpOnly, SameSite=Lax, Path=/, without Domain`,
    next: `If a proxy or CDN stands in front of the API, have it pass cookies unchanged. ${DEPLOY_AGAIN}`,
  });
}

function cookieProblems(cookie: string): readonly string[] {
  const [, ...attributes] = cookie.split(';').map((part) => part.trim().toLowerCase());
  const missing = WANTED_ATTRIBUTES.filter((wanted) => !attributes.includes(wanted));
  return [
    ...missing.map((name) => `${name} is missing`),
    ...(attributes.some((name) => name.startsWith('domain')) ? ['it has a Domain'] : []),
  ];
}
