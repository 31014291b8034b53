import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A tab, and the browser profile that it belongs to. */
export interface Tab {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** @throws {Error} with what to install when there is no Chromium. */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? EXECUTABLES.find((file) => existsSync(file));
  if (!executablePath)
    throw new Error(
      'No Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
    );
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** Opens an address in a new, empty browser profile. */
export async function openTab(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 900, height: 640 }, ...options });
  const page = await context.newPage();
  await page.goto(url);
  return { context, page };
}
