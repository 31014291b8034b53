import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectingJourneys } from '../support/journeys/connecting.contract.ts';
import { failingJourneys } from '../support/journeys/failing.contract.ts';
import { openingAgainJourneys } from '../support/journeys/opening-again.contract.ts';
import { refusingJourneys } from '../support/journeys/refusing.contract.ts';
import { browserJourneys } from './contracts/browser.contract.ts';
import { eventJourneys } from './contracts/events.contract.ts';
import { healthJourneys } from './contracts/health.contract.ts';
import { incidentDrills } from './contracts/incidents.contract.ts';
import { leakChecks } from './contracts/leaks.contract.ts';
import { loginJourneys } from './contracts/logins.contract.ts';
import { operatorJourneys } from './contracts/operator.contract.ts';
import { removalChecks } from './contracts/removal.contract.ts';
import { smokeJourneys } from './contracts/smoke.contract.ts';
import { tokenChecks } from './contracts/tokens.contract.ts';
import { versionChecks } from './contracts/versions.contract.ts';
import { WITH_SIMULATED_PIM } from './support/cdk.ts';
import { DeployedWorld } from './support/deployed-world.ts';
import { deploy } from './support/deployment.ts';

let opened: DeployedWorld | undefined;

beforeAll(async () => {
  const deployment = await deploy({ name: 'deployment', context: WITH_SIMULATED_PIM });
  opened = await DeployedWorld.open(deployment);
});
afterAll(() => opened?.close());

const world = (): DeployedWorld => {
  if (!opened) throw new Error('There is a deployment during tests only.');
  return opened;
};

describe('the first deployment', () => {
  it('prints the two URLs to register in the PIM', () => {
    const { printed } = world().deployment;
    const { activateUrl, callbackUrl } = world().app;

    expect(activateUrl).toMatch(/\/activate$/);
    expect(callbackUrl).toBe(activateUrl.replace(/activate$/, 'callback'));
    expect(printed).toContain(`ActivateUrl = ${activateUrl}`);
    expect(printed).toContain(`CallbackUrl = ${callbackUrl}`);
  });

  it('needs no configuration: it answers before any PIM is listed', async () => {
    const { activateUrl } = world().app;
    const page = await world().browser().get(`${activateUrl}?pim_url=https%3A%2F%2Fa.example`);
    expect(page.status).toBe(403);
    expect(page.body).toContain('pim_not_listed');
  });
});

// The order matters from here: everything is used before it is searched for leaks, and then removed.
connectingJourneys(world);
openingAgainJourneys(world);
refusingJourneys(world);
failingJourneys(world);
tokenChecks(world);
eventJourneys(world);
healthJourneys(world);
operatorJourneys(world);
smokeJourneys(world);
incidentDrills(world);
browserJourneys(world);
versionChecks(world);
loginJourneys(world);
leakChecks(world);
removalChecks(world);
