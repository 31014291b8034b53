import { describe, expect, it } from 'vitest';
import { flowWorld } from '../support/flow-world.ts';
import { openTab } from '../support/journeys/journey-world.ts';

const world = flowWorld();

const stateOf = (url: string) => new URL(url).searchParams.get('state');

describe('one browser', () => {
  it('whose older tab comes back with the newer state connects once and then reads that it did', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    const older = await openTab(user, listed);
    const newer = await openTab(user, listed);
    const fromOlderTab = await user.confirm(listed.clientId);
    const fromNewerTab = await user.confirm(listed.clientId);

    expect(stateOf(fromOlderTab)).toBe(stateOf(newer));
    expect(stateOf(fromOlderTab)).not.toBe(stateOf(older));
    const first = await user.session.follow(fromOlderTab);
    const second = await user.session.follow(fromNewerTab);
    expect(first.body).toContain('<h1>Connected</h1>');
    expect(second.body).toContain('<h1>This attempt is complete</h1>');
  });
});

describe('two browsers', () => {
  it('connect the same PIM and get the same token', async () => {
    const listed = await world().startPim();
    await world().user(listed).connect(listed.clientId);
    const first = await world().connection(listed);
    const page = await world().user(listed).openApp(listed.clientId);

    expect(page.body).toContain('<h1>You are connected</h1>');
    expect((await world().connection(listed))?.accessToken).toBe(first?.accessToken);
  });

  it('never share a flow: a callback link that is passed on connects nothing', async () => {
    const attackers = await world().startPim();
    const attacker = world().user(attackers);
    await openTab(attacker, attackers);
    const forgedLink = await attacker.confirm(attackers.clientId);
    const victims = await world().startPim();
    const victim = world().user(victims);
    await openTab(victim, victims);
    const page = await victim.session.get(forgedLink);

    expect(page.status).toBe(403);
    expect(await world().connection(attackers)).toBeUndefined();
  });
});

describe('a PIM that would lead the code elsewhere', () => {
  it('is not followed: the token request goes to the PIM of the flow', async () => {
    const [listed, hostile] = [await world().startPim(), await world().startPim()];
    const user = world().user(listed);
    await openTab(user, listed);
    const callback = await user.confirm(listed.clientId);
    const before = hostile.pim.requests.length;
    const page = await user.session.follow(
      `${callback}&pim_url=${encodeURIComponent(hostile.pim.url)}`,
    );

    expect(page.body).toContain('<h1>Connected</h1>');
    expect(hostile.pim.requests).toHaveLength(before);
  });
});

describe('a fresh browser', () => {
  // Each answer brought the same cookie with another key: the later one stayed, and the other tab read "another browser".
  it('that opens its first two Apps at the same moment connects both', async () => {
    const listed = [await world().startPim(), await world().startPim()];
    const session = world().browser();
    const users = listed.map((one) => world().user(one, session));
    const starts = await Promise.all(
      users.map(async (user, index) => {
        const clientId = listed[index]?.clientId ?? '';
        return { user, clientId, url: await user.activateUrl(clientId) };
      }),
    );
    const opened = await Promise.all(
      starts.map(async ({ user, clientId, url }) => {
        return { user, clientId, authorizeUrl: await user.startActivation(url) };
      }),
    );
    for (const { user, clientId, authorizeUrl } of opened) {
      await user.authorize(authorizeUrl);
      const page = await session.follow(await user.confirm(clientId));
      expect(page.body).toContain('<h1>Connected</h1>');
    }
  });
});
