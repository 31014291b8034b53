import type { IncomingHttpHeaders } from 'node:http';
import { DEPLOY_AGAIN, type DoctorFinding, verdict } from './finding.ts';

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

/** The security headers of an answer, as they arrive at the browser: a proxy in between may have changed them. */
export function checkHeaders(
  check: string,
  headers: IncomingHttpHeaders,
  options: { readonly isPage: boolean },
): DoctorFinding {
  const wanted = Object.entries(options.isPage ? PAGES : EVERY_ANSWER);
  const wrong = wanted.filter(([name, pattern]) => !pattern.test(String(headers[name] ?? '')));
  const problems = wrong.map(([name]) => `${name} is missing or weaker than it should be`);
  return verdict(check, problems, {
    ok: `${wanted.map(([name]) => name).join(', ')} are as they should be`,
    next: `If a proxy or CDN stands in front of the API, have it pass headers unchanged. ${DEPLOY_AGAIN}`,
  });
}
