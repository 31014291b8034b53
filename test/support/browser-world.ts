import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { EXCHANGE_BUDGET } from '../../functions/pim/token-endpoint.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { DEFAULT_SCOPES } from '../../local/options.ts';
import { type ConnectedSimulator, startSimulator } from '../../local/simulator.ts';
import { launchChromium, openTab, type Tab } from './chromium.ts';
import { openForFile } from './open-for-file.ts';

const SCREENSHOTS =
  process.env['SCREENSHOTS'] ?? join(import.meta.dirname, '../../.cache/screenshots');
const SCOPES = parseScope(DEFAULT_SCOPES);

/** The App, a simulated PIM and Chromium. */
export interface BrowserWorld extends ConnectedSimulator {
  readonly app: LocalApp;
  readonly log: string[];
  /** A new, empty browser profile with the PIM open in it. */
  openPim(options?: Parameters<Browser['newContext']>[0]): Promise<Tab>;
  close(): Promise<void>;
}

/** Opens one for the tests of a file. */
export function browserWorld(): () => BrowserWorld {
  return openForFile(openBrowserWorld);
}

async function openBrowserWorld(): Promise<BrowserWorld> {
  const log: string[] = [];
  const budget = { ...EXCHANGE_BUDGET, totalMs: 900, attemptMs: 400, pausesMs: [10, 20, 40] };
  const app = await startLocalApp({ port: 0, log: (line) => log.push(line), budget });
  const simulator = await startSimulator(app, { port: 0, scopes: SCOPES });
  const browser = await launchChromium();
  return {
    ...simulator,
    app,
    log,
    openPim: (options) => openTab(browser, simulator.pim.url, options),
    close: async () => {
      await browser.close();
      await simulator.pim.close();
      await app.close();
    },
  };
}

/** Keeps what a person would see now. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Fails with every barrier that axe-core finds, in the light and in the dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const results = await (globalThis as unknown as { axe: typeof axe }).axe.run();
      return results.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
      );
    });
    expect(violations, `${page.url()} in the ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}
