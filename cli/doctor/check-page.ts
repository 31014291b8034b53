import { OUTCOMES, type RefusalCode } from '../../functions/activation/outcomes/index.ts';
import { checkHeaders } from './check-headers.ts';
import { type DoctorFinding, verdict } from './finding.ts';
import type { Answer, Probe } from './probe.ts';
import { type StackUrl, unreachable } from './unreachable.ts';

/** One of our pages that has to come. */
interface ExpectedPage extends StackUrl {
  /** How the request has to be refused. */
  readonly code: RefusalCode;
  /** The function that makes the page. */
  readonly handler: 'activate' | 'callback';
}

/** What the two findings are called. */
interface PageChecks {
  readonly page: string;
  readonly headers: string;
}

/** Opens a URL that has to be refused, and looks for the code on the page and for its security headers. */
export async function checkPage(
  checks: PageChecks,
  page: ExpectedPage,
  probe: Probe,
): Promise<readonly DoctorFinding[]> {
  const probed = await probe(page.url, { accept: 'text/html' });
  if (!probed.ok) return [unreachable(checks.page, page, probed)];
  return [
    checkRefusal(checks.page, page, probed.answer),
    checkHeaders(checks.headers, probed.answer.headers, { isPage: true }),
  ];
}

function checkRefusal(
  check: string,
  { code, handler }: ExpectedPage,
  { status, body }: Answer,
): DoctorFinding {
  const isRefused = status === OUTCOMES[code].status && body.includes(code);
  return verdict(check, isRefused ? [] : [`answered with ${status} instead of ${code}`], {
    ok: `is refused with ${status} ${code}`,
    next: `Look for the code on the page in docs/runbook.md, and at the log of the ${handler} function.`,
  });
}
