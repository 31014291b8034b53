import { getCookie, setCookie } from 'hono/cookie';
import { apiError, loginPage, type PimContext } from '../http/answers.ts';
import { bodyParameters, parameter } from '../http/parameters.ts';
import type { Pim } from '../pim.ts';
import { isUserMode, type PimAccount, type PimSession, switchUser } from './accounts.ts';

/** A user who is logged in, and their browser. */
export interface LoggedIn {
  readonly session: PimSession;
  readonly account: PimAccount;
}

type Answer = Response | Promise<Response>;

/** Answers a request of a known user. */
export type UserHandler = (c: PimContext, user: LoggedIn) => Answer;

/** For every browser, logged in or not: finds its session or starts one, with a cookie. */
export function visitor(
  handler: (c: PimContext, session: PimSession) => Answer,
): (c: PimContext) => Answer {
  return (c) => {
    const { pim } = c.var;
    const known = pim.sessions.find(getCookie(c, cookieName(pim)));
    const session = known ?? pim.sessions.start();
    if (!known) {
      const options = { path: `${pim.path}/`, httpOnly: true, sameSite: 'Lax' } as const;
      setCookie(c, cookieName(pim), session.id, options);
    }
    return handler(c, session);
  };
}

/** Contains the port: all ports of a host share its cookies, but two PIMs must not share a session. */
function cookieName(pim: Pim): string {
  return `simulated_pim_${new URL(pim.url).port}`;
}

/** For logged-in users. Others see the login first and come back afterwards. */
export function loggedIn(handler: UserHandler): (c: PimContext) => Answer {
  return visitor((c, session) => {
    if (session.account) return handler(c, { session, account: session.account });
    const { pathname, search } = new URL(c.req.url);
    session.targetUrl = pathname + search;
    return c.redirect(`${c.var.pim.path}/user/login`);
  });
}

/** For the PIM's own page, which marks its calls as XHR. Other calls are sent to the home page. */
export function frontEnd(handler: UserHandler): (c: PimContext) => Answer {
  return visitor((c, session) => {
    if (c.req.header('x-requested-with') !== 'XMLHttpRequest') return c.redirect(homeOf(c));
    return session.account
      ? handler(c, { session, account: session.account })
      : apiError(c, 401, 'Authentication is required');
  });
}

function homeOf(c: PimContext): string {
  return `${c.var.pim.path}/`;
}

/** `GET /user/login`: the PIM's login form. */
export function showLogin(c: PimContext, { account }: PimSession): Answer {
  const action = `${c.var.pim.path}/user/login-check`;
  return c.html(loginPage({ action, ...(account && { home: homeOf(c) }) }));
}

/** `POST /user/login-check`: logs in and redirects to where the user wanted to go. */
export async function logIn(c: PimContext, session: PimSession): Promise<Response> {
  const mode = parameter(await bodyParameters(c), 'mode');
  const target = session.targetUrl ?? homeOf(c);
  switchUser(session, isUserMode(mode) ? mode : 'manage');
  return c.redirect(target);
}

/** `POST /rest/simulator/user`: changes the user of the browser. No real PIM has this endpoint. */
export async function changeUser(c: PimContext, session: PimSession): Promise<Response> {
  const mode = parameter(await bodyParameters(c), 'mode');
  if (!isUserMode(mode)) return c.json({ message: 'mode is manage, open or logged-out' }, 422);
  switchUser(session, mode);
  return c.json({ mode });
}
