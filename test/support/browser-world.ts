import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { type ConnectedSimulator, startSimulator } from '../../local/simulator.ts';

const SCREENSHOTS =
  process.env['SCREENSHOTS'] ?? join(import.meta.dirname, '../../.cache/screenshots');
const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const SCOPES = parseScope('read_catalog_structure read_products write_categories');

/** The App, a simulated PIM and Chromium. */
export interface BrowserWorld extends ConnectedSimulator {
  readonly app: LocalApp;
  readonly log: string[];
  /** A new, empty browser profile with the PIM open in it. */
  openPim(
    options?: Parameters<Browser['newContext']>[0],
  ): Promise<{ context: BrowserContext; page: Page }>;
  close(): Promise<void>;
}

export async function openBrowserWorld(): Promise<BrowserWorld> {
  const log: string[] = [];
  const budget = { totalMs: 900, attemptMs: 400, pauseMs: 20 };
  const app = await startLocalApp({ port: 0, log: (line) => log.push(line), budget });
  const simulator = await startSimulator(app, { port: 0, scopes: SCOPES });
  const browser = await launch();
  return {
    ...simulator,
    app,
    log,
    openPim: async (options) => {
      const context = await browser.newContext({
        viewport: { width: 900, height: 640 },
        ...options,
      });
      const page = await context.newPage();
      await page.goto(simulator.pim.url);
      return { context, page };
    },
    close: async () => {
      await browser.close();
      await simulator.pim.close();
      await app.close();
    },
  };
}

function launch(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? EXECUTABLES.find((file) => existsSync(file));
  if (!executablePath)
    throw new Error(
      'No Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
    );
  const args = [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
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
