import { browserWorld } from '../support/browser-world.ts';
import { browsingJourneys } from '../support/journeys/browsing.contract.ts';

browsingJourneys(browserWorld());
