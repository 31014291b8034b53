import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AppProps, brandingOf } from '../../branding/app.ts';
import type { PageCode } from '../../functions/pages/language.ts';
import english from '../../functions/pages/languages/en.ts';
import { page as pageOf } from '../../functions/pages/page.ts';
import { LOOKS } from '../../functions/pages/steps.ts';
import { plainAnswer } from '../../functions/pages/write-answer.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { sampleOf } from '../../local/gallery.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { DEFAULT_SCOPES } from '../../local/options.ts';
import { startSimulator } from '../../local/simulator.ts';
import { expectAccessible, screenshot } from '../support/browser-world.ts';
import { launchChromium, openTab } from '../support/chromium.ts';

const APP: AppProps = {
  name: 'Catalog Sync',
  logo: 'docs/examples/logo.svg',
  accentColor: '#0a6b5d',
  supportEmail: 'support@app.example.com',
  documentationUrl: 'https://app.example.com/docs',
  privacyUrl: 'https://app.example.com/privacy',
};
const CODES = Object.keys(LOOKS) as PageCode[];
const WIDTHS = [360, 1280];

let browser: Browser;
let app: LocalApp;

beforeAll(async () => {
  browser = await launchChromium();
  app = await startLocalApp({ port: 0, log: () => {}, app: APP });
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function overflows(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

describe.each([
  ['neutral', {}],
  ['branded', APP],
])('a %s page', (face, props) => {
  const branding = brandingOf(props);

  it.each(CODES)(
    '%s has no barriers, fits, and has a button, on a phone and on a desktop',
    async (code) => {
      const { context, page } = await openTab(browser, 'about:blank');
      const options = {
        branding,
        language: 'en',
        texts: english,
        requestId: 'request-7',
        depth: 0,
      };
      await page.setContent(pageOf(sampleOf(code), options));
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 760 });
          expect(await overflows(page), `scrolls sideways at ${width}`).toBe(false);
          await screenshot(page, `pages-${face}-${code}-${colorScheme}-${width}`);
        }
      }
      await expectAccessible(page);
      const { title } = english.outcome[code];
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
      expect(await page.locator('.steps a').count()).toBeGreaterThan(0);
      await page.getByText('Technical details').click();
      expect(await page.getByText(code, { exact: true }).isVisible()).toBe(true);
      await context.close();
    },
  );
});

describe('an answer without any file', () => {
  it('has no barriers, and fits on a phone', async () => {
    const { context, page } = await openTab(browser, 'about:blank');
    const options = { wantsJson: false, requestId: 'request-7', depth: 0 };
    await page.setContent(plainAnswer(sampleOf('pim_timeout'), options).body);
    await page.setViewportSize({ width: 360, height: 760 });
    expect(await overflows(page)).toBe(false);
    await expectAccessible(page);
    await context.close();
  });
});

describe('the face of the App', () => {
  it('is shown under the policy of a page that is really sent', async () => {
    const { context, page } = await openTab(browser, `${app.activateUrl}?pim_url=x`);
    expect(await page.evaluate("document.querySelector('.app img').naturalWidth > 0")).toBe(true);
    expect(await page.locator('.app').textContent()).toBe('Catalog Sync');
    const color = "getComputedStyle(document.querySelector('.steps a')).backgroundColor";
    expect(await page.evaluate(color)).toBe('rgb(10, 107, 93)');
    await context.close();
  });
});

describe('the way to the success page', () => {
  it('is two pictures for the README: docs/images/consent.png and connected.png', async () => {
    const scopes = parseScope(DEFAULT_SCOPES);
    const { pim } = await startSimulator(app, { port: 0, scopes, app: APP });
    const { context, page } = await openTab(browser, pim.url, {
      viewport: { width: 900, height: 640 },
    });
    const opening = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    const tab = await opening;
    await tab.getByRole('checkbox').check();
    await screenshot(tab, 'readme-consent');
    await tab.getByRole('button', { name: 'Confirm' }).click();
    await expect.poll(() => tab.title()).toBe('Connected · Catalog Sync');
    await screenshot(tab, 'readme-connected');
    await context.close();
    await pim.close();
  });
});

describe('the gallery', () => {
  it('shows every page at /_pages, in both schemes and two widths', async () => {
    const { context, page } = await openTab(browser, `${app.url}/_pages`);
    await page.getByRole('link', { name: 'en', exact: true }).click();
    const frames = page.locator('iframe');
    await expect.poll(() => frames.count()).toBe(CODES.length * 4);
    await frames.first().contentFrame().getByRole('heading', { level: 1 }).waitFor();
    await context.close();
  });

  it('is a picture for the README: docs/images/pages.png', async () => {
    const { context, page } = await openTab(browser, `${app.url}/_pages/`, {
      viewport: { width: 1480, height: 660 },
    });
    const shown = [
      'opened_again.light',
      'rights_missing.light',
      'flow_expired.dark',
      'pim_timeout.dark',
    ];
    const frames = shown.map(
      (name) =>
        `<iframe src="${app.url}/_pages/en/${name}.html" width="355" height="640"></iframe>`,
    );
    await page.setContent(`<style>iframe{border:0;margin:4px}</style>${frames.join('')}`);
    for (const frame of await page.locator('iframe').all())
      await expect.poll(() => frame.contentFrame().locator('.app img').count()).toBe(1);
    await screenshot(page, 'readme-pages');
    await context.close();
  });

  it('has nothing else', async () => {
    for (const path of [
      '/_pages/xx/index.html',
      '/_pages/../package.json',
      '/_pages/en/x.light.html',
    ])
      expect((await fetch(app.url + path)).status).toBe(404);
  });
});
