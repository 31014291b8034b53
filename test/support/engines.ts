import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { WebSocket } from 'undici';
import { vi } from 'vitest';
import { freePort } from './http-server.ts';

/** A cookie as the browser keeps it. */
export interface KeptCookie {
  readonly name: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
}

/** A browser with one tab and an empty profile. */
export interface DrivenBrowser {
  /** Resolves when the page has loaded. */
  open(url: string): Promise<void>;
  /** The value of an expression in the page; text. */
  evaluate(expression: string): Promise<unknown>;
  /** Of the page. */
  cookies(): Promise<readonly KeptCookie[]>;
  close(): Promise<void>;
}

/** A browser engine other than Chromium's. */
export interface Engine {
  readonly name: string;
  /** What has to be installed on Debian, for the sentence that says why a test is skipped. */
  readonly packages: string;
  readonly isInstalled: boolean;
  readonly keepsSecureCookiesOfLocalhost: boolean;
  launch(): Promise<DrivenBrowser>;
}

const FIREFOX = '/usr/bin/firefox-esr';
const XVFB = '/usr/bin/Xvfb';
const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver';

/** Firefox and, as WebKitGTK builds it, Safari's engine. */
export const ENGINES: readonly Engine[] = [
  {
    name: 'Firefox',
    packages: 'firefox-esr',
    isInstalled: existsSync(FIREFOX),
    keepsSecureCookiesOfLocalhost: true,
    launch: launchFirefox,
  },
  {
    name: 'Safari’s engine',
    packages: 'webkit2gtk-driver xvfb',
    isInstalled: existsSync(WEBKIT_DRIVER) && existsSync(XVFB),
    keepsSecureCookiesOfLocalhost: false,
    launch: launchWebKit,
  },
];

/** What a script ended with, as BiDi wraps it. */
type Evaluated =
  | { readonly type: 'success'; readonly result: { readonly value?: unknown } }
  | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };

interface Tabs {
  readonly contexts: readonly [{ readonly context: string }];
}

interface Cookies {
  readonly cookies: readonly KeptCookie[];
}

/**
 * By WebDriver BiDi, which Firefox speaks without a driver. Playwright's own BiDi asks for more than an ESR knows.
 *
 * @see {@link https://w3c.github.io/webdriver-bidi/ WebDriver BiDi}
 */
async function launchFirefox(): Promise<DrivenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'firefox-'));
  const options = ['--headless', '--no-remote', '--profile', profile];
  const firefox = spawn(FIREFOX, [...options, '--remote-debugging-port', '0'], {
    env: { ...process.env, HOME: profile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const send = await bidiCommands(`${await announcedAddress(firefox.stderr)}/session`);
  await send('session.new', { capabilities: {} });
  const { context } = (await send<Tabs>('browsingContext.getTree', {})).contexts[0];
  const target = { context };
  return {
    open: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    evaluate: async (expression) => {
      const parameters = { expression, target, awaitPromise: false };
      const evaluated = await send<Evaluated>('script.evaluate', parameters);
      if (evaluated.type === 'exception') throw new Error(evaluated.exceptionDetails.text);
      return evaluated.result.value;
    },
    cookies: async () => (await send<Cookies>('storage.getCookies', {})).cookies,
    close: async () => {
      await end(firefox);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Firefox says where it listens, among much else. */
async function announcedAddress(stderr: Readable): Promise<string> {
  for await (const line of createInterface(stderr)) {
    const address = /WebDriver BiDi listening on (ws:\S+)/.exec(line)?.[1];
    if (!address) continue;
    stderr.resume();
    return address;
  }
  throw new Error('Firefox ended.');
}

/** A command's answer has the shape that the specification gives it; so the caller names it. */
type Send = <Answer = void>(method: string, parameters: object) => Promise<Answer>;

async function bidiCommands(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  await once(socket, 'open');
  let lastId = 0;
  return (method, params) => {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      const listener = ({ data }: { data: unknown }) => {
        const message = JSON.parse(String(data));
        if (message.id !== id) return;
        socket.removeEventListener('message', listener);
        if (message.type === 'success') resolve(message.result);
        else reject(new Error(`${method}: ${message.message}`));
      };
      socket.addEventListener('message', listener);
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
}

/**
 * By WebDriver, on a screen that nobody sees.
 *
 * @see {@link https://www.w3.org/TR/webdriver2/ WebDriver}
 */
async function launchWebKit(): Promise<DrivenBrowser> {
  const { screen, display } = await startScreen();
  const port = await freePort();
  const driver = spawn(WEBKIT_DRIVER, [`--port=${port}`], {
    env: { ...process.env, DISPLAY: display },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await vi.waitFor(() => fetch(`${url}/status`), { timeout: 30_000 });
  const capabilities = { alwaysMatch: {} };
  const { sessionId } = await asked<{ sessionId: string }>(`${url}/session`, { capabilities });
  const session = `${url}/session/${sessionId}`;
  return {
    open: (address) => asked(`${session}/url`, { url: address }),
    evaluate: (expression) =>
      asked(`${session}/execute/sync`, { script: `return ${expression}`, args: [] }),
    cookies: () => asked(`${session}/cookie`),
    close: async () => {
      await fetch(session, { method: 'DELETE' });
      await end(driver);
      await end(screen);
    },
  };
}

async function startScreen() {
  const screen = spawn(XVFB, ['-displayfd', '1', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [number] = await once(screen.stdout, 'data');
  return { screen, display: `:${String(number).trim()}` };
}

/** The value of a command; one without a body is a GET. */
async function asked<Value>(url: string, body?: object): Promise<Value> {
  const options = body && { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(url, options);
  const { value } = (await answer.json()) as { value: Value };
  if (!answer.ok) throw new Error(`${url}: ${JSON.stringify(value)}`);
  return value;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}
