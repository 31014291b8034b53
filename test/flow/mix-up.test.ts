import { describe, expect, it } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { marked } from '../support/canary.ts';
import { flowWorld, SCOPES } from '../support/flow-world.ts';
import { httpServer } from '../support/http-server.ts';
import type { ListedPim } from '../support/journeys/journey-world.ts';
import { outcomeAt } from '../support/journeys/journey-world.ts';

const world = flowWorld();

const STORE_APP = { clientId: 'store-app', clientSecret: marked('secret', 86) };

/**
 * A listed PIM that has turned hostile: it sends the browser on to another PIM, as if for the App there, and tries there
 * whatever code and challenge it is given.
 *
 * @param clientId of the App in the victim's PIM, which is no secret.
 */
async function hostilePim(victim: string, clientId: string) {
  const answers: Promise<Response>[] = [];
  const { url } = await httpServer((response, { path, body }) => {
    if (path.includes('/authorize?')) {
      const location = new URL(victim + path);
      location.searchParams.set('client_id', clientId);
      response.writeHead(302, { location: location.href }).end();
    } else {
      const form = new URLSearchParams(body);
      form.set('client_id', clientId);
      answers.push(fetch(`${victim}${path}`, { method: 'POST', body: form }));
      response.writeHead(502).end();
    }
  });
  return { url, answers };
}

/** A user of a connected PIM opens a link that names the hostile PIM. */
async function followLinkTo(hostile: string, victim: ListedPim, clientId = victim.clientId) {
  const user = world().user(victim);
  await user.connect(clientId);
  const link = `${world().app.activateUrl}?pim_url=${encodeURIComponent(hostile)}`;
  return { user, page: await user.session.follow(link) };
}

describe('a hostile PIM that passes the browser on to another PIM', () => {
  // Only the PIM's check of the challenge stood between the hostile PIM and a token, and nothing may rest on that.
  it('never sees a code of a custom App, also when the other PIM checks no challenge', async () => {
    const victim = await world().startPim({}, { acceptsAnyChallenge: true });
    const hostile = await hostilePim(victim.pim.url, victim.clientId);
    const own = { clientId: 'own', clientSecret: marked('secret', 86) };
    await world().app.register({ pim: hostile.url, ...own, scopes: parseScope(SCOPES) });
    const { user, page } = await followLinkTo(hostile.url, victim);

    expect(page.url).toContain(world().app.callbackUrlOf(victim.pim.url));
    expect(await outcomeAt(user.session, page.url)).toEqual({
      status: 403,
      code: 'callback_url_mismatch',
    });
    expect(hostile.answers).toEqual([]);
  });

  it('is told so at once: the flow stays its own, and its code goes to no other PIM', async () => {
    const [victim, other] = [await world().startPim(), await world().startPim()];
    const user = world().user(victim);
    const authorizeUrl = await user.startActivation(await user.activateUrl(victim.clientId));
    const state = new URL(authorizeUrl).searchParams.get('state');
    const atOther = `${world().app.callbackUrlOf(other.pim.url)}?code=abc&state=${state}`;
    const refused = { status: 403, code: 'callback_url_mismatch' };
    expect(await outcomeAt(user.session, atOther)).toEqual(refused);
    expect(
      await outcomeAt(user.session, `${world().app.callbackUrl}?code=abc&state=${state}`),
    ).toEqual(refused);

    await user.authorize(authorizeUrl);
    const page = await user.session.follow(await user.confirm(victim.clientId));
    expect(page.body).toContain('<h1>Connected</h1>');
  });

  // A limit of the protocol, which has no `iss`: the PIMs of an App Store App share one callback URL.
  it('gets a token when both share the client id and the callback URL of an App Store App', async () => {
    const { app } = world();
    const victim = await world().startPim();
    const urls = { activateUrl: app.activateUrl, callbackUrl: app.callbackUrl };
    victim.pim.registerApp({ name: 'Store App', ...urls, ...STORE_APP });
    const hostile = await hostilePim(victim.pim.url, STORE_APP.clientId);
    for (const pim of [victim.pim.url, hostile.url])
      await app.register({ pim, ...STORE_APP, scopes: parseScope(SCOPES), isAppStoreApp: true });
    await followLinkTo(hostile.url, victim, STORE_APP.clientId);

    const answers = await Promise.all(hostile.answers);
    expect(answers.map(({ status }) => status)).toContain(200);
  });
});
