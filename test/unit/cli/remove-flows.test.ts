import { describe, expect, it, onTestFinished } from 'vitest';
import type { RegisteredUrls } from '../../../cli/pims/urls.ts';
import { startSimulatedPim } from '../../../simulator/index.ts';
import { BrowserSession, PimUser } from '../../../simulator/user/index.ts';
import { clientsWithSecret, type TestAws, testAws } from './support/aws.ts';
import { testDeployment } from './support/deployment.ts';
import { beforeOperation } from './support/dynamodb-tap.ts';
import { leftFlows, startFlow } from './support/flows.ts';
import { CLIENT_SECRET, type Keyboard, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const REMOVE = ['pims', 'remove', PIM, '--yes'];
const SUFFIX = '*.cloud.akeneo.com';
const OWN_ROW = 'https://own.cloud.akeneo.com';

/** A listed PIM, and one of its users on the way. */
async function userOnTheWay(): Promise<TestAws> {
  const aws = await testAws();
  await addPim();
  await startFlow(aws, { id: 'on-the-way' });
  return aws;
}

/** A listed simulated PIM whose App is connected, so that the callback remembers its secret. */
async function connectedUser() {
  await testDeployment();
  const pim = await startSimulatedPim();
  onTestFinished(() => pim.close());
  // The command's own output is what is tested; its shape is asserted in urls.test.ts.
  const urls = (await operateJson(['urls', pim.url])) as RegisteredUrls;
  const credentials = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
  pim.registerApp({ name: 'Test App', ...urls, ...credentials });
  await addPim({ pim: pim.url });
  const user = new PimUser(new BrowserSession(), pim.url);
  await user.connect(CLIENT_ID);
  return { pim: pim.url, user };
}

// It said that the secret was out of use at once. But a warm callback remembers a secret without limit, and flows live
// for 30 minutes, so a user who was on the way still connected.
describe('pims remove while users are on their way', () => {
  it('refuses who comes back, although the callback still remembers the secret', async () => {
    const { pim, user } = await connectedUser();
    const authorizeUrl = await user.startActivation(await user.openAppUrl(CLIENT_ID));
    const removed = await operateJson(['pims', 'remove', pim, '--yes']);
    const { body } = await user.session.follow(authorizeUrl);
    expect(body).toContain('state_unknown');
    expect(removed).toMatchObject({ flows: 1 });
  });

  it('ends their flows, and no others', async () => {
    const aws = await userOnTheWay();
    await startFlow(aws, { id: 'connected', status: 'consumed' });
    await startFlow(aws, { id: 'other-app', clientId: 'other' });
    await startFlow(aws, { id: 'other-pim', pim: 'https://other.example.com' });
    expect(await operateJson(REMOVE)).toMatchObject({ flows: 1 });
    expect(await leftFlows(aws)).toEqual(['connected', 'other-app', 'other-pim']);
  });

  it('ends the flows of PIMs below a suffix, except where another row lists the PIM', async () => {
    const aws = await testAws();
    await addPim({ pim: SUFFIX, more: ['--dangerously-allow-suffix'] });
    await addPim({ pim: OWN_ROW });
    await startFlow(aws, { id: 'below', pim: 'https://a.cloud.akeneo.com' });
    await startFlow(aws, { id: 'own-row', pim: OWN_ROW });
    await startFlow(aws, { id: 'not-below', pim: 'https://pim.example.com' });
    expect(await operateJson(['pims', 'remove', SUFFIX, '--yes'])).toMatchObject({ flows: 1 });
    expect(await leftFlows(aws)).toEqual(['not-below', 'own-row']);
  });

  it.each([
    [CLIENT_ID, 'leaves', ['on-the-way']],
    ['other', 'ends', []],
  ])('of a PIM that a suffix of client id %s covers %s them', async (clientId, _does, left) => {
    const aws = await testAws();
    await addPim({ pim: OWN_ROW });
    await addPim({ pim: SUFFIX, clientId, more: ['--dangerously-allow-suffix'] });
    await startFlow(aws, { id: 'on-the-way', pim: OWN_ROW });
    await operate(['pims', 'remove', OWN_ROW, '--yes']);
    expect(await leftFlows(aws)).toEqual(left);
  });

  it('says what functions that are running still know', async () => {
    await userOnTheWay();
    const { stdout } = await operate(REMOVE);
    expect(stdout).toContain('refused from now on: 1.');
    expect(stdout).toContain('Running functions know the old row for up to a minute');
    expect(stdout).toContain(
      'Running functions may remember it, but only for flows that were started before',
    );
    expect(stdout).not.toContain('at once');
  });

  it('says how to finish when it is interrupted', async () => {
    const aws = await userOnTheWay();
    const keyboard: Keyboard = {};
    await beforeOperation('DeleteItem', 'Pims', () => keyboard.ctrlC?.());
    const { exit, stderr } = await operate(REMOVE, { keyboard });
    expect(exit).toBe(130);
    expect(stderr).toContain('Not everything is removed yet.');
    expect(stderr).toContain(`pims add ${PIM} --client-id ${CLIENT_ID}`);
    await addPim();
    await operate(REMOVE);
    expect(await leftFlows(aws)).toEqual([]);
    expect(await clientsWithSecret(aws)).toEqual([]);
  });
});
