import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Where installers put Chromium, Chrome and Edge; the last is on every Windows. */
const EXECUTABLES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  darwin: ['Chromium', 'Google Chrome', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((folder) =>
    [
      'Chromium/Application/chrome.exe',
      'Google/Chrome/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ].map((file) => join(process.env[folder] ?? 'C:/', file)),
  ),
};

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
  const installed = EXECUTABLES[process.platform] ?? [];
  const executablePath = process.env['CHROMIUM'] || installed.find((file) => existsSync(file));
  if (!executablePath)
    throw new Error(
      'No Chromium: install it (Debian: apt-get install chromium; macOS: brew install chromium), or set CHROMIUM to its path.',
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
