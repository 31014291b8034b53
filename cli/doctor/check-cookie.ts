import { BROWSER_COOKIE } from '../../functions/http/browser-cookie.ts';
import { DEPLOY_AGAIN, type DoctorFinding, verdict } from './finding.ts';

const CHECK = 'Browser cookie';

/** What the `__Host-` prefix and the return from the PIM require. @see functions/http/browser-cookie.ts */
const WANTED: readonly string[] = ['path=/', 'secure', 'httponly', 'samesite=lax'];

/** The cookie that ties a flow to its browser: its name and its flags, never its value. */
export function checkCookie(setCookie: readonly string[] = []): DoctorFinding {
  const cookie = setCookie.find((line) => line.startsWith(`${BROWSER_COOKIE}=`));
  const problems = cookie === undefined ? [`${BROWSER_COOKIE} is not set`] : problemsOf(cookie);
  return verdict(CHECK, problems, {
    ok: `${BROWSER_COOKIE} is Secure, HttpOnly, SameSite=Lax, Path=/, without Domain`,
    next: `If a proxy or CDN stands in front of the API, have it pass cookies unchanged. ${DEPLOY_AGAIN}`,
  });
}

function problemsOf(cookie: string): readonly string[] {
  const [, ...raw] = cookie.split(';');
  const attributes = raw.map((attribute) => attribute.trim().toLowerCase());
  return [
    ...WANTED.filter((wanted) => !attributes.includes(wanted)).map((name) => `${name} is missing`),
    ...(attributes.some((name) => name.startsWith('domain')) ? ['it has a Domain'] : []),
  ];
}
