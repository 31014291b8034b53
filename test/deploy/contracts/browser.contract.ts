import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { launchChromium, openTab } from '../../support/chromium.ts';
import { type BrowsingWorld, browsingJourneys } from '../../support/journeys/browsing.contract.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';

/** The journeys in Chromium, at the URLs of a deployed stack. */
export function browserJourneys(world: () => DeployedWorld): void {
  describe('in Chromium', () => {
    let browser: Browser | undefined;
    let sitting: BrowsingWorld | undefined;

    beforeAll(async () => {
      const started = await launchChromium();
      browser = started;
      const { pim } = await world().startPim();
      sitting = { app: world().app, pim, openPim: () => openTab(started, pim.url) };
    });
    afterAll(() => browser?.close());

    browsingJourneys(() => {
      if (!sitting) throw new Error('There is a browser during tests only.');
      return sitting;
    });
  });
}
