import { describe, expect, it } from 'vitest';
import { BROWSER_COOKIE } from '../../functions/http/browser-cookie.ts';
import type { PimUser } from '../../local/pim-user/index.ts';
import { flowWorld, type ListedPim } from '../support/flow-world.ts';

const world = flowWorld();

/** A tab that has reached the PIM: the authorize URL is open, nothing is confirmed. */
async function openTab(user: PimUser, listed: ListedPim): Promise<string> {
  const authorizeUrl = await user.startActivation(await user.activateUrl(listed.clientId));
  await user.authorize(authorizeUrl);
  return authorizeUrl;
}

const stateOf = (url: string) => new URL(url).searchParams.get('state');

describe('one browser', () => {
  it('keeps one cookie for any number of tabs', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await openTab(user, listed);
    const cookies = () =>
      user.session.cookiesFor(world().app.url).filter(({ name }) => name === BROWSER_COOKIE);
    const before = cookies();
    await openTab(user, listed);

    expect(before).toHaveLength(1);
    expect(cookies()).toEqual(before);
  });

  it('may connect two PIMs at once, each with its own state', async () => {
    const [one, other] = [await world().startPim(), await world().startPim()];
    const session = world().browser();
    const [userOfOne, userOfOther] = [world().user(one, session), world().user(other, session)];
    await openTab(userOfOne, one);
    await openTab(userOfOther, other);
    const callbackOfOne = await userOfOne.confirm(one.clientId);
    const callbackOfOther = await userOfOther.confirm(other.clientId);

    const pageOfOther = await session.follow(callbackOfOther);
    const pageOfOne = await session.follow(callbackOfOne);
    expect(pageOfOne.body).toContain(one.pim.url);
    expect(pageOfOther.body).toContain(other.pim.url);
    const tokens = [await world().connection(one), await world().connection(other)].map(
      (c) => c?.accessToken,
    );
    expect(new Set(tokens).size).toBe(2);
  });

  it('whose older tab comes back with the newer state connects once and then reads "already connected"', async () => {
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
    expect(second.body).toContain('<h1>Already connected</h1>');
  });

  it('that opens the same callback twice at once exchanges the code once', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await openTab(user, listed);
    const callback = await user.confirm(listed.clientId);
    const pages = await Promise.all([user.session.get(callback), user.session.get(callback)]);

    expect(pages.map(({ status }) => status)).toContain(303);
    const exchanges = listed.pim.requests.filter(({ path }) => path.endsWith('/oauth2/token'));
    expect(exchanges).toHaveLength(1);
  });
});

describe('two browsers', () => {
  it('connect the same PIM and get the same token', async () => {
    const listed = await world().startPim();
    await world().user(listed).connect(listed.clientId);
    const first = await world().connection(listed);
    const page = await world().user(listed).openApp(listed.clientId);

    expect(page.body).toContain('<h1>Connected</h1>');
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
