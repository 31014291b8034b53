import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { backEndEnvironment } from '../../local/back-end-environment.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { type ConnectedSimulator, startSimulator } from '../../local/simulator.ts';
import { expectAccessible, screenshot } from '../support/browser-world.ts';
import { launchChromium, openTab } from '../support/chromium.ts';

const EXAMPLE = join(import.meta.dirname, '../../docs/examples/greet-by-name.ts');

let browser: Browser;
let app: LocalApp;
let example: { readonly url: string; readonly end: () => void };
let simulator: ConnectedSimulator;

beforeAll(async () => {
  browser = await launchChromium();
  app = await startLocalApp({ port: 0, log: () => {}, identity: true });
  example = await startExample(backEndEnvironment(app));
  simulator = await startSimulator(app, {
    port: 0,
    scopes: parseScope('read_products openid profile email'),
    login: { loginUrl: `${example.url}/login`, redirectUrl: `${example.url}/login/done` },
  });
});

afterAll(async () => {
  await browser?.close();
  example?.end();
  await simulator?.pim.close();
  await app?.close();
});

/** Starts the example as a process of its own, with nothing but the variables that `npm start` prints. */
async function startExample(variables: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['--import', 'tsx', EXAMPLE], {
    env: { PATH: process.env['PATH'], PORT: '0', ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
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

describe('the example that greets by name', () => {
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
    await screenshot(tab, 'greeted-by-name');

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
