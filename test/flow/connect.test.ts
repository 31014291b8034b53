import { describe, expect, it } from 'vitest';
import { flowWorld } from '../support/flow-world.ts';
import { connectingJourneys } from '../support/journeys/connecting.contract.ts';
import { openingAgainJourneys } from '../support/journeys/opening-again.contract.ts';

const world = flowWorld();

connectingJourneys(world);
openingAgainJourneys(world);

describe('connecting a PIM for the first time', () => {
  it('works for a callback URL that was registered with a query of its own', async () => {
    const listed = await world().startPim();
    const { app } = world();
    const registered = listed.pim.registerApp({
      name: 'With a query',
      activateUrl: `${app.activateUrl}?from=store`,
      callbackUrl: `${app.callbackUrlOf(listed.pim.url)}?app=7`,
    });
    await world().list({ ...listed, clientId: registered.clientId }, registered.clientSecret);
    const page = await world().user(listed).connect(registered.clientId);

    expect(page.body).toContain('<h1>Connected</h1>');
  });

  it('writes one line of log for each request', async () => {
    const before = world().logLines.length;
    const listed = await world().startPim();
    await world().user(listed).connect(listed.clientId);

    const lines = world().log.slice(before);
    expect(lines.map(({ message }) => message)).toEqual([
      'authorization_requested',
      'connected',
      'connection_shown',
    ]);
    expect(lines.every(({ pim }) => pim === listed.pim.url)).toBe(true);
  });
});

describe('opening a connected App again', () => {
  it('records when that was, and keeps when it was connected first', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    const first = await world().connection(listed);
    world().advance(60_000);
    await user.openApp(listed.clientId);
    const again = await world().connection(listed);

    expect(again?.text('firstConnectedAt')).toBe(first?.text('firstConnectedAt'));
    expect(Date.parse(again?.text('lastOpenedAt') ?? '')).toBeGreaterThanOrEqual(
      Date.parse(first?.text('lastOpenedAt') ?? '') + 60_000,
    );
  });
});
