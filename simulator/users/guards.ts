import { type Answer, json, redirect, withHeader } from '../http/answer.ts';
import type { Exchange, Handler } from '../http/router.ts';
import type { Pim } from '../pim.ts';
import type { PimAccount } from './accounts.ts';
import type { PimSession } from './sessions.ts';

/** An exchange with a known browser. */
export interface VisitorExchange extends Exchange {
  readonly session: PimSession;
}

/** An exchange with a user who is logged in. */
export interface UserExchange extends VisitorExchange {
  readonly account: PimAccount;
}

type AnswerTo<E extends Exchange> = (exchange: E) => Answer | Promise<Answer>;

/** For every browser, logged in or not: finds its session or starts one, with a cookie. */
export function visitor(handler: AnswerTo<VisitorExchange>): Handler {
  return async (exchange) => {
    const { pim, request } = exchange;
    const known = pim.sessions.find(sessionId(pim, request.headers.cookie));
    const session = known ?? pim.sessions.start();
    const answer = await handler({ ...exchange, session });
    return known ? answer : withHeader(answer, 'set-cookie', sessionCookie(pim, session.id));
  };
}

/** For logged-in users: others are shown the login first, and come back afterwards. */
export function loggedIn(handler: AnswerTo<UserExchange>): Handler {
  return visitor((exchange) => {
    const { pim, request, session } = exchange;
    if (session.account) return handler({ ...exchange, account: session.account });
    session.targetUrl = `${pim.path}${request.path}?${request.query.toString()}`;
    return redirect(`${pim.path}/user/login`);
  });
}

/** For the PIM's own page, which marks its calls as XHR. Other calls are sent to the home page. */
export function frontEnd(handler: AnswerTo<UserExchange>): Handler {
  return visitor((exchange) => {
    const { pim, request, session } = exchange;
    if (request.headers['x-requested-with'] !== 'XMLHttpRequest') return redirect(`${pim.path}/`);
    if (!session.account) return json(401, { code: 401, message: 'Authentication is required' });
    return handler({ ...exchange, account: session.account });
  });
}

function sessionId(pim: Pim, cookies = ''): string | undefined {
  const pairs = cookies.split('; ').map((pair) => pair.split('='));
  return pairs.find(([name]) => name === cookieName(pim))?.[1];
}

function sessionCookie(pim: Pim, id: string): string {
  return `${cookieName(pim)}=${id}; Path=${pim.path}/; HttpOnly; SameSite=Lax`;
}

/** With the port, because cookies are shared by all ports of a host: two PIMs on one host must not share a session. */
function cookieName(pim: Pim): string {
  return `simulated_pim_${new URL(pim.url).port}`;
}
