/** An App that greets PIM users by name. On a developer's machine: see “Try it” in docs/logins.md. */
import { createHash, randomBytes } from 'node:crypto';
import { serve } from '@hono/node-server';
import { ConnectionError, type Login, openConnections } from 'akeneo-app-activation/reader';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { secureHeaders } from 'hono/secure-headers';

/** The local run prints it, and `grantRedeemLogin` sets it. */
const { AKENEO_APP_LOGIN_URL: LOGIN_URL, PORT = '8080' } = process.env;
if (!LOGIN_URL) throw new Error('Set AKENEO_APP_LOGIN_URL.');

const connections = openConnections();

/** What the App asked in a browser, and waits for. */
interface Asked {
  readonly pim: string;
  readonly state: string;
  readonly verifier: string;
}

/** Keeps something of each browser, by a cookie. A real App keeps it where all its instances find it. */
class Kept<T> {
  readonly #values = new Map<string, T>();
  readonly #cookie: string;
  readonly #seconds: number;

  constructor(cookie: string, seconds: number) {
    this.#cookie = cookie;
    this.#seconds = seconds;
  }

  /** Under a new id each time, so that nobody is logged in under an id that somebody else has chosen. */
  keep(c: Context, value: T): void {
    const [id, maxAge] = [random(), this.#seconds];
    this.#values.set(id, value);
    setTimeout(() => this.#values.delete(id), maxAge * 1000).unref();
    const flags = { prefix: 'host', secure: true, path: '/', httpOnly: true } as const;
    setCookie(c, this.#cookie, id, { ...flags, sameSite: 'Lax', maxAge });
  }

  get(c: Context): T | undefined {
    return this.#values.get(this.#id(c));
  }

  take(c: Context): T | undefined {
    const value = this.get(c);
    this.#values.delete(this.#id(c));
    return value;
  }

  #id(c: Context): string {
    return getCookie(c, this.#cookie, 'host') ?? '';
  }
}

const questions = new Kept<Asked>('asked', 2 * 60);
/** Not for longer: the PIM does not say that its user has logged out, or may no longer use the App. */
const sessions = new Kept<Login>('session', 8 * 60 * 60);

const app = new Hono();
app.use(secureHeaders());

/** The login URL: any browser comes here, with any `pim_url`, so it only asks. */
app.get('/login', (c) => {
  const pim = c.req.query('pim_url') ?? '';
  const [state, verifier] = [random(), random()];
  questions.keep(c, { pim, state, verifier });
  const question = new URLSearchParams({
    pim_url: pim,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return c.redirect(`${LOGIN_URL}?${question.toString()}`);
});

/**
 * The redirect URL: an answer counts once, and only in the browser that was asked. It is the first page of the App, too: its
 * code is used up by now, so its address may stay. Loaded again, it answers no question, and the session says who is there.
 */
app.get('/login/done', async (c) => {
  const asked = questions.take(c);
  if (!asked) return greet(c, sessions.get(c));
  const { code, state, iss } = c.req.query();
  const isAnswer = asked.state === state && asked.pim === iss;
  const login = isAnswer && code ? await redeem(code, asked.verifier) : undefined;
  if (login) sessions.keep(c, login);
  return greet(c, login);
});

app.get('/', (c) => greet(c, sessions.get(c)));

/** Not by GET, so that no other page logs anybody out. */
app.post('/logout', (c) => {
  sessions.take(c);
  return c.redirect('/', 303);
});

/** `undefined` for a code that is unknown, used or too old. */
async function redeem(code: string, verifier: string): Promise<Login | undefined> {
  try {
    return await connections.redeemLogin(code, verifier);
  } catch (error) {
    if (error instanceof ConnectionError && error.code === 'login_invalid') return undefined;
    throw error;
  }
}

function random(): string {
  return randomBytes(32).toString('base64url');
}

/** It says who and where: a PIM that somebody else runs could have logged this browser in as its own user. */
function greet(c: Context, login: Login | undefined) {
  c.header('Cache-Control', 'no-store');
  if (!login) return c.html(OPEN_IN_PIM, 403);
  const { givenName, familyName, pim } = login;
  const name = [givenName, familyName].filter(Boolean).join(' ') || 'PIM user';
  return c.html(
    page(html`<h1>Hello <bdi>${name}</bdi></h1>
<p>You are here for <strong>${new URL(pim).host}</strong>.</p>
<form method="post" action="/logout"><button>Log out</button></form>`),
  );
}

function page(content: ReturnType<typeof html>) {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>My App</title>
<style>
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif; }
body { max-width: 30rem; margin: 20vh auto; padding: 0 1rem; }
button { font: inherit; }
</style>
<body><main>${content}</main></body>
</html>`;
}

const OPEN_IN_PIM = page(html`<h1>Open the App in your PIM</h1>
<p>Your PIM says who you are: click “Open app” there.</p>`);

serve({ fetch: app.fetch, hostname: 'localhost', port: Number(PORT) }, (at) => {
  process.stdout.write(`http://localhost:${at.port}\n`);
});
