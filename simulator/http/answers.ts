import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { IdTokenForgery } from '../id-token.ts';
import type { Pim } from '../pim.ts';

/** What every request carries: Node's own request and response, and the PIM that answers. */
export interface PimEnv {
  readonly Bindings: HttpBindings;
  readonly Variables: {
    readonly pim: Pim;
    /** That a fault leaves half of the scopes away. */
    readonly grantsFewerScopes?: boolean;
    /** What a fault makes wrong with the id token. */
    readonly idTokenForgery?: IdTokenForgery;
  };
}

/** A request to the PIM and the means to answer it. */
export type PimContext = Context<PimEnv>;

/** The client id in the path of a request; empty where the route has none. */
export function clientIdOf(c: PimContext): string {
  return c.req.param('clientId') ?? '';
}

/** An error as the PIM's web API words it: the status again in the body, and a message. */
export function apiError(
  c: PimContext,
  code: 400 | 401 | 403 | 404 | 405 | 406 | 422,
  message: string,
): Response {
  return c.json({ code, message }, code);
}

/** The XHR answer about an App that the PIM does not know. */
export function appNotFound(c: PimContext): Response {
  return c.json({ errors: [{ message: APP_NOT_FOUND }] }, 404);
}

/** The translation key of an App that the PIM does not know. */
export const APP_NOT_FOUND = 'akeneo_connectivity.connection.connect.apps.error.app_not_found';

/** The XHR answer to a user who lacks the permission. */
export function forbidden(c: PimContext): Response {
  return apiError(c, 403, 'Access Denied.');
}

/** The PIM's page for a user who may not do this. */
export function forbiddenPage(c: PimContext): Response {
  const text = `<p>You do not have permission to see this page.</p>\n${wayBack(c.var.pim)}`;
  return c.html(smallPage('Access forbidden', text), 403);
}

/** The PIM's page for an unknown address. */
export function notFoundPage(c: PimContext): Response {
  const text = `<p>The PIM has nothing at this address.</p>\n${wayBack(c.var.pim)}`;
  return c.html(smallPage('Page not found', text), 404);
}

/** The PIM's page for a request that it failed to answer. */
export function brokenPage(c: PimContext): Response {
  const text = `<p>The PIM is broken.</p>\n${wayBack(c.var.pim)}`;
  return c.html(smallPage('Internal server error', text), 500);
}

/** What the login has to know. */
interface Login {
  /** Where the form goes. */
  readonly action: string;
  /** The PIM's home, for somebody who is logged in already. */
  readonly home?: string;
}

/** The PIM's login, which asks for no password. */
export function loginPage({ action, home }: Login): string {
  const back = home === undefined ? '' : `<p><a href="${home}">Back to the PIM</a></p>`;
  return smallPage(
    'Log in',
    `<p>Who are you?</p>
<form method="post" action="${action}">
<button name="mode" value="manage">Julia, who manages apps</button>
<button name="mode" value="open">Mary, who only opens apps</button>
</form>
${back}`,
  );
}

/** The link with which no page is a dead end. */
function wayBack({ path }: Pim): string {
  return `<p><a href="${path}/#/connect/app-store">Back to the App Store</a></p>`;
}

/** A small page of the PIM itself, apart from its application. */
function smallPage(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Simulated Akeneo PIM</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; grid-template-rows: auto 1fr;
  background: light-dark(#fff, #1b1620); color: light-dark(#11324d, #ece7f2); }
header { padding: .4rem 1.25rem; border-bottom: 2px dashed; background: light-dark(#fff3e0, #3a2a12);
  color: light-dark(#8a4b00, #ffc069); }
main { max-width: 26rem; margin: auto; padding: 2rem; text-align: center; }
h1 { font-weight: 400; }
h1, a { color: light-dark(#763e9e, #d3a6e8); }
button { font: inherit; padding: .6rem 1.2rem; margin: .3rem; border: 0; border-radius: 2rem; cursor: pointer;
  background: #763e9e; color: #fff; }
:is(a, button):focus-visible { outline: 3px solid; outline-offset: 2px; }
</style>
</head>
<body><header><strong>Simulated PIM</strong> on this machine, for tests. Not made by Akeneo.</header>
<main><h1>${title}</h1>${content}</main></body>
</html>`;
}
