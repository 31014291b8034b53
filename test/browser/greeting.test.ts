import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { backEndEnvironment } from '../../local/back-end-environment.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { type ConnectedSimulator, startSimulator } from '../../local/simulator.ts';
import { phpPackagesForLogins } from '../deploy/support/php-tools.ts';
import { expectAccessible, screenshot } from '../support/browser-world.ts';
import { launchChromium, openTab } from '../support/chromium.ts';

/** The App as a process of its own, with nothing but the variables that `npm start` prints. It says where it listens. */
type Example = (variables: NodeJS.ProcessEnv) => ChildProcessByStdio<null, Readable, Readable>;

const EXAMPLES = join(import.meta.dirname, '../../docs/examples');
const { PATH } = process.env;

const typescript: Example = (variables) =>
  spawn(process.execPath, ['--import', 'tsx', join(EXAMPLES, 'greet-by-name.ts')], {
    env: { PATH, PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const packages = phpPackagesForLogins();

const php: Example = (variables) =>
  spawn('php', ['-S', 'localhost:0', join(EXAMPLES, 'php/greet_by_name.php')], {
    env: { PATH, COMPOSER_VENDOR_DIR: packages, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

let browser: Browser;
let app: LocalApp;
let example: { readonly url: string; readonly end: () => void };
let simulator: ConnectedSimulator;

async function start(run: Example): Promise<void> {
  browser = await launchChromium();
  app = await startLocalApp({ port: 0, log: () => {}, identity: true });
  example = await startExample(run(backEndEnvironment(app)));
  simulator = await startSimulator(app, {
    port: 0,
    scopes: parseScope('read_products openid profile email'),
    login: { loginUrl: `${example.url}/login`, redirectUrl: `${example.url}/login/done` },
  });
}

async function end(): Promise<void> {
  await browser?.close();
  example?.end();
  await simulator?.pim.close();
  await app?.close();
}

async function startExample(child: ReturnType<Example>) {
  const lines = [child.stdout, child.stderr].map((stream) => createInterface(stream));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The example has ended.')));
    for (const one of lines)
      one.on('line', (line) => {
        const [found] = /http:\/\/localhost:\d+/.exec(line) ?? [];
        if (found !== undefined) resolve(found);
      });
  });
  return { url, end: () => void child.kill() };
}

/** The PIM in an empty browser, where the App is connected. */
async function openPim(): Promise<{ context: BrowserContext; page: Page }> {
  const { context, page } = await openTab(browser, simulator.pim.url);
  onTestFinished(() => context.close());
  return { context, page };
}

/** Clicks "Open app" and gives the tab that it opens. */
async function openApp(pim: Page): Promise<Page> {
  await pim.goto(`${simulator.pim.url}/#/connect/connected-apps`);
  const opened = pim.context().waitForEvent('page');
  await pim.getByRole('button', { name: 'Open app', exact: true }).click();
  return opened;
}

/** What a tab says on top, to be asked until it has arrived. */
const headingIn = (tab: Page) => () => tab.getByRole('heading', { level: 1 }).textContent();

const CASES = [['TypeScript', typescript] as const, ...(packages ? [['PHP', php] as const] : [])];

describe.each(CASES)('the example in %s that greets by name', (language, run) => {
  beforeAll(() => start(run));
  afterAll(end);

  it('greets who connects, then who opens, by name and PIM, and logs out', async () => {
    const { page: pim } = await openPim();
    const opened = pim.context().waitForEvent('page');
    await pim.getByRole('button', { name: 'Connect', exact: true }).click();
    const wizard = await opened;
    await wizard.getByRole('button', { name: 'Allow and next' }).click();
    await wizard.getByRole('checkbox').check();
    await wizard.getByRole('button', { name: 'Confirm' }).click();
    await expect.poll(headingIn(wizard)).toBe('Hello Julia Stark');

    const way: string[] = [];
    pim.context().on('request', (request) => {
      if (request.isNavigationRequest()) way.push(new URL(request.url()).pathname);
    });
    const tab = await openApp(pim);
    await expect.poll(headingIn(tab)).toBe('Hello Julia Stark');
    // Two redirects more than to the App itself.
    expect(way.slice(way.findIndex((path) => path.startsWith('/callback')) + 1)).toEqual([
      '/login',
      '/login',
      '/login/done',
    ]);
    await tab.reload();
    await expect.poll(headingIn(tab)).toBe('Hello Julia Stark');
    expect(await tab.textContent('main')).toContain(new URL(simulator.pim.url).host);
    await expectAccessible(tab);
    await screenshot(tab, `greeted-by-name-${language}`);

    await tab.getByRole('button', { name: 'Log out' }).click();
    await expect.poll(headingIn(tab)).toBe('Open the App in your PIM');
  });

  it('greets nobody by the way of an attacker: not by its own address, and not by another browser’s answer', async () => {
    const { page: pim } = await openPim();
    const tab = await openApp(pim);
    await expect.poll(headingIn(tab)).toBe('Hello Julia Stark');

    const { page: other } = await openPim();
    const pimUrl = encodeURIComponent(simulator.pim.url);
    await other.goto(`${example.url}/login?pim_url=${pimUrl}`);
    await expect.poll(headingIn(other)).toBe('Open the App in your PIM');
    await other.goto(`${example.url}/login/done?code=${'A'.repeat(43)}&state=x&iss=${pimUrl}`);
    await expect.poll(headingIn(other)).toBe('Open the App in your PIM');
    await expectAccessible(other);
    await other.goto(example.url);
    await expect.poll(headingIn(other)).toBe('Open the App in your PIM');
    await tab.reload();
    await expect.poll(headingIn(tab)).toBe('Hello Julia Stark');
  });

  it('greets nobody whom the PIM does not truly name', async () => {
    const { page: pim } = await openPim();
    simulator.pim.orderFault({ at: 'token', kind: 'forged-id-token', forgery: 'other-key' });
    await expect.poll(headingIn(await openApp(pim))).toBe('Open the App in your PIM');
    await expect.poll(headingIn(await openApp(pim))).toBe('Hello Julia Stark');
  });
});
