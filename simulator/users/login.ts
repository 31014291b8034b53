import { type Answer, json, redirect } from '../http/answer.ts';
import { bodyParameters } from '../http/body-parameters.ts';
import { loginPage } from '../http/pages.ts';
import { parameter } from '../http/pim-request.ts';
import { isUserMode } from './accounts.ts';
import type { VisitorExchange } from './guards.ts';
import { switchUser } from './sessions.ts';

/** `GET /user/login`: the PIM's login form. */
export function showLogin({ pim }: VisitorExchange): Answer {
  return loginPage(`${pim.path}/user/login-check`);
}

/** `POST /user/login-check`: logs in and redirects to where the user wanted to go. */
export function logIn({ pim, request, session }: VisitorExchange): Answer {
  const mode = parameter(bodyParameters(request), 'mode');
  const target = session.targetUrl ?? `${pim.path}/`;
  switchUser(session, isUserMode(mode) ? mode : 'manage');
  return redirect(target);
}

/** `POST /rest/simulator/user`: changes the user of the browser. No real PIM has this endpoint. */
export function changeUser({ request, session }: VisitorExchange): Answer {
  const mode = parameter(bodyParameters(request), 'mode');
  if (!isUserMode(mode)) return json(422, { message: 'mode is manage, open or logged-out' });
  switchUser(session, mode);
  return json(200, { mode });
}
