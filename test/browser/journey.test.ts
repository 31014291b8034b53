import { afterAll, beforeAll } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from '../support/browser-world.ts';
import { browsingJourneys } from '../support/journeys/browsing.contract.ts';

let world: BrowserWorld;

beforeAll(async () => {
  world = await openBrowserWorld();
});
afterAll(() => world?.close());

browsingJourneys(() => world);
