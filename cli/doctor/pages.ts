import { OUTCOMES, type RefusalCode } from '../../functions/activation/outcomes.ts';
import { callbackUrlWith } from '../../functions/pim/callback-id.ts';
import { docs } from '../../terminal/called.ts';
import { type Finding, fail, result } from '../finding.ts';
import { PROGRAM } from '../operator-error.ts';
import type { Answer, SendFailure } from '../send.ts';
import type { Stack } from '../stack.ts';
import { SAMPLE_CALLBACK_ID } from './deployment.ts';
import { DEPLOY_AGAIN, probe } from './probe.ts';

/** A URL that PIMs and browsers open. */
interface StackUrl {
  readonly url: URL;
  /** What the URL is called where it is registered. */
  readonly name: 'Activate URL' | 'Callback URL';
  /** Absent without a custom domain. */
  readonly customDomainTarget: Stack['customDomainTarget'];
}

/** A request that has to be refused with a page, and the names of the two checks of that page. */
interface ExpectedPage extends StackUrl {
  readonly code: RefusalCode;
  /** The function that makes the page. */
  readonly handler: 'activate' | 'callback';
  readonly pageCheck: string;
  readonly headersCheck: string;
}

/** `.invalid` never exists, so it can be nobody's PIM. @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.4 RFC 6761, section 6.4} */
const UNLISTED_PIM = 'https://not-listed.invalid';

/** Checks that a PIM which nobody listed is refused, with a page that carries the security headers. */
export function checkUnlisted({
  activateUrl,
  customDomainTarget,
}: Stack): Promise<readonly Finding[]> {
  const page: ExpectedPage = {
    url: activationUrl(activateUrl, UNLISTED_PIM),
    name: 'Activate URL',
    customDomainTarget,
    code: 'pim_not_listed',
    handler: 'activate',
    pageCheck: 'Unlisted PIM',
    headersCheck: 'Headers of pages',
  };
  return checkPage(page);
}

/**
 * Checks that a callback without a state is refused, with a page of ours, at the plain URL and at one with an id. No flow
 * is touched.
 */
export async function checkCallback(stack: Stack): Promise<readonly Finding[]> {
  return [
    ...(await checkPlainCallback(stack)),
    await checkOwnCallback(stack),
    await checkSpellings(stack),
  ];
}

/** Checks what a URL does that was registered in another spelling; what a PIM holds, it tells nobody. */
async function checkSpellings({
  activateUrl,
  callbackUrl,
  customDomainTarget,
}: Stack): Promise<Finding> {
  const check = 'Other spellings';
  const problems: string[] = [];
  for (const [spelling, name, code] of [
    [`${activateUrl}/`, 'Activate URL', 'pim_url_missing'],
    [`${callbackUrl}/`, 'Callback URL', 'state_malformed'],
    [`${activateUrl}/x`, 'Activate URL', 'path_unknown'],
  ] as const) {
    const url = new URL(spelling);
    const sent = await probe(url, { accept: 'text/html' });
    if (sent.kind === 'failed') return unreachable(check, { url, name, customDomainTarget }, sent);
    if (!isRefusal(sent.answer, code))
      problems.push(`${spelling} answered with ${sent.answer.status} instead of ${code}`);
  }
  return result(check, problems, { ok: SPELLINGS, next: OLDER });
}

const SPELLINGS =
  'of the two URLs: a slash at the end changes nothing; any other is refused with 404 path_unknown. Register them exactly as they are';

const OLDER = `This deployment may be older than the command line. ${DEPLOY_AGAIN}`;

/** A deployment of an earlier version has no such route. */
async function checkOwnCallback({ callbackUrl, customDomainTarget }: Stack): Promise<Finding> {
  const check = 'Callback of one PIM';
  const url = new URL(callbackUrlWith(callbackUrl, SAMPLE_CALLBACK_ID));
  const sent = await probe(url, { accept: 'text/html' });
  if (sent.kind === 'failed')
    return unreachable(check, { url, name: 'Callback URL', customDomainTarget }, sent);
  const { status } = sent.answer;
  const isRefused = isRefusal(sent.answer, 'state_malformed');
  return result(check, isRefused ? [] : [`answered with ${status} instead of state_malformed`], {
    ok: `is refused with ${status} state_malformed when it is empty`,
    next: OLDER,
  });
}

function checkPlainCallback({
  callbackUrl,
  customDomainTarget,
}: Stack): Promise<readonly Finding[]> {
  const page: ExpectedPage = {
    url: new URL(callbackUrl),
    name: 'Callback URL',
    customDomainTarget,
    code: 'state_malformed',
    handler: 'callback',
    pageCheck: 'Empty callback',
    headersCheck: 'Headers of the callback',
  };
  return checkPage(page);
}

async function checkPage(page: ExpectedPage): Promise<readonly Finding[]> {
  const sent = await probe(page.url, { accept: 'text/html' });
  if (sent.kind === 'failed') return [unreachable(page.pageCheck, page, sent)];
  return [
    checkRefusal(page, sent.answer),
    checkHeaders(page.headersCheck, sent.answer.headers, { isPage: true }),
  ];
}

function checkRefusal({ pageCheck, code, handler }: ExpectedPage, answer: Answer): Finding {
  const { status } = answer;
  return result(
    pageCheck,
    isRefusal(answer, code) ? [] : [`answered with ${status} instead of ${code}`],
    {
      ok: `is refused with ${status} ${code}`,
      next: `Look for the code on the page in ${docs('runbook.md')}, and at the log of the ${handler} function.`,
    },
  );
}

function isRefusal({ status, body }: Answer, code: RefusalCode): boolean {
  return status === OUTCOMES[code].status && body.includes(code);
}

/** What each security header has to say at least. @see SECURITY.md */
const EVERY_ANSWER: Readonly<Record<string, RegExp>> = {
  'cache-control': /\bno-store\b/,
  'referrer-policy': /^no-referrer$/,
  'strict-transport-security': /\bmax-age=[1-9]\d{6,}/,
  'x-content-type-options': /^nosniff$/,
};

const PAGES: Readonly<Record<string, RegExp>> = {
  ...EVERY_ANSWER,
  'content-security-policy': /^default-src 'none';.*\bframe-ancestors 'none'/,
};

/** Checks the security headers as they arrive at the browser: a proxy in between may have changed them. */
export function checkHeaders(
  check: string,
  headers: Answer['headers'],
  options: { readonly isPage: boolean },
): Finding {
  const wanted = Object.entries(options.isPage ? PAGES : EVERY_ANSWER);
  const wrong = wanted.filter(([name, pattern]) => !pattern.test((headers[name] ?? []).join(', ')));
  const problems = wrong.map(([name]) => `${name} is missing or weaker than it should be`);
  return result(check, problems, {
    ok: `${wanted.map(([name]) => name).join(', ')} are as they should be`,
    next: `If a proxy or CDN stands in front of the API, have it pass headers unchanged. ${DEPLOY_AGAIN}`,
  });
}

/** What a PIM opens for "Connect": it adds one parameter to the registered URL. @see docs/pim-contract.md §1 */
export function activationUrl(activateUrl: string, pim: string): URL {
  const url = new URL(activateUrl);
  url.searchParams.append('pim_url', pim);
  return url;
}

/**
 * A finding for a URL of the stack that gives no answer. A custom domain may lack its DNS record, which a deployment
 * makes only in a hosted zone that the stack knows.
 */
export function unreachable(
  check: string,
  { url, name, customDomainTarget: target }: StackUrl,
  { reason, connectionFailure }: SendFailure,
): Finding {
  const isRecordMissing = connectionFailure === 'name-not-found' && target !== undefined;
  const next = isRecordMissing ? makeRecord(url.hostname, target) : DEPLOY_AGAIN;
  return fail(check, `the ${name} ${reason}`, next);
}

function makeRecord(domain: string, target: string): string {
  return `Point ${domain} at ${target} (a CNAME, or an alias record). A new record takes some minutes to be known; then: ${PROGRAM} doctor`;
}
