import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { BROWSER_COOKIE_PREFIX } from '../../functions/http/request.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { DEFAULT_SCOPES } from '../../local/options.ts';
import { startSimulator } from '../../local/simulator.ts';
import { type DrivenBrowser, ENGINES, type Engine } from '../support/engines.ts';

let app: LocalApp;

beforeAll(async () => {
  app = await startLocalApp({ port: 0, log: () => {} });
});
afterAll(() => app?.close());

/** Where a PIM of the test's own sends somebody who clicks "Connect" or "Open app". */
async function activateUrlOfNewPim(): Promise<string> {
  const { pim } = await startSimulator(app, { port: 0, scopes: parseScope(DEFAULT_SCOPES) });
  onTestFinished(() => pim.close());
  return `${app.activateUrl}?pim_url=${encodeURIComponent(pim.url)}`;
}

async function launched(engine: Engine): Promise<DrivenBrowser> {
  const browser = await engine.launch();
  onTestFinished(() => browser.close());
  return browser;
}

/** Waits, as pages load when they like. */
async function shows(browser: DrivenBrowser, heading: string): Promise<void> {
  const shown = () => browser.evaluate('document.querySelector("h1")?.textContent');
  await expect.poll(shown).toBe(heading);
}

async function consent(browser: DrivenBrowser): Promise<void> {
  const checkbox = 'document.querySelector("input[type=checkbox]")';
  await expect.poll(() => browser.evaluate(`${checkbox} !== null`)).toBe(true);
  await browser.evaluate(`${checkbox}.click()`);
  const isConfirm = '({ textContent }) => textContent.trim() === "Confirm"';
  await browser.evaluate(`[...document.querySelectorAll("button")].find(${isConfirm}).click()`);
}

describe('a PIM user in another browser', () => {
  it.for(ENGINES)('connects and opens again in $name', async (engine, { skip }) => {
    if (!engine.isInstalled) skip(missing(engine));
    const [browser, activateUrl] = await Promise.all([launched(engine), activateUrlOfNewPim()]);
    await browser.open(activateUrl);
    await consent(browser);
    await shows(browser, 'Connected');
    const cookies = await browser.cookies();
    const [cookie, ...others] = cookies.filter(({ name }) => name.includes('akeneo-app-browser-'));
    expect(others).toEqual([]);
    const { keepsSecureCookiesOfLocalhost: secure } = engine;
    expect(cookie).toMatchObject({ httpOnly: true, secure });
    expect(cookie?.name.startsWith(BROWSER_COOKIE_PREFIX)).toBe(secure);

    await browser.open(activateUrl);
    await shows(browser, 'You are connected');
  });
});

/** Also printed, because Vitest says only how many tests it skips. */
function missing({ name, packages }: Engine): string {
  const sentence = `Skipped: ${name} is not installed (Debian: apt-get install ${packages}).`;
  process.stderr.write(`${sentence}\n`);
  return sentence;
}
