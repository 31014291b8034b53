import { OUTCOMES, type RefusalCode } from '../../functions/activation/outcomes/index.ts';
import { checkHeaders } from './check-headers.ts';
import { DEPLOY_AGAIN, type Finding, ill, verdict } from './finding.ts';
import type { Probe } from './probe.ts';

/** One of our pages that has to come. */
export interface ExpectedPage {
  readonly url: URL;
  /** What the URL is called where it is registered. */
  readonly name: 'Activate URL' | 'Callback URL';
  /** How the request has to be refused. */
  readonly code: RefusalCode;
  /** The function that makes the page. */
  readonly handler: 'activate' | 'callback';
}

/** What the two findings are called. */
export interface PageChecks {
  readonly page: string;
  readonly headers: string;
}

/** Opens a URL that has to be refused, and looks for the code on the page and for its security headers. */
export async function checkPage(
  checks: PageChecks,
  { url, name, code, handler }: ExpectedPage,
  probe: Probe,
): Promise<readonly Finding[]> {
  const probed = await probe(url, { accept: 'text/html' });
  if (!probed.ok) return [ill(checks.page, `the ${name} ${probed.reason}`, DEPLOY_AGAIN)];
  const { status, body, headers } = probed.answer;
  const isRefused = status === OUTCOMES[code].status && body.includes(code);
  return [
    verdict(checks.page, isRefused ? [] : [`answered with ${status} instead of ${code}`], {
      ok: `is refused with ${status} ${code}`,
      next: `Look for the code on the page in docs/runbook.md, and at the log of the ${handler} function.`,
    }),
    checkHeaders(checks.headers, headers, { isPage: true }),
  ];
}
