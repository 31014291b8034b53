import { describe, expect, it } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { marked } from '../support/canary.ts';
import { flowWorld, SCOPES } from '../support/flow-world.ts';
import { httpServer } from '../support/http-server.ts';

const world = flowWorld();

const STORE_APP = { clientId: 'store-app', clientSecret: marked('secret', 86) };

/**
 * A listed PIM that has turned hostile: it sends the browser on to another PIM, as if for the App there, and tries there
 * whatever code and challenge it is given. It knows no client secret of that App.
 */
async function hostilePim(victim: string) {
  const answers: Promise<Response>[] = [];
  const { url } = await httpServer((response, { path, body }) => {
    if (path.includes('/authorize?')) {
      const location = new URL(victim + path);
      location.searchParams.set('client_id', STORE_APP.clientId);
      response.writeHead(302, { location: location.href }).end();
    } else {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      answers.push(fetch(`${victim}${path}`, { method: 'POST', headers, body }));
      response.writeHead(502).end();
    }
  });
  return { url, answers };
}

/**
 * A user of a connected PIM opens one link, which names the hostile PIM.
 *
 * @param listed the App's credentials in the hostile PIM.
 * @returns how the user's PIM answers to what the hostile one tries there, as HTTP status.
 */
async function tryTheCode(listed: typeof STORE_APP): Promise<number[]> {
  const { app } = world();
  const victim = await world().startPim();
  const urls = { activateUrl: app.activateUrl, callbackUrl: app.callbackUrl };
  victim.pim.registerApp({ name: 'Store App', ...urls, ...STORE_APP });
  await world().list({ ...victim, clientId: STORE_APP.clientId }, STORE_APP.clientSecret);
  const user = world().user(victim);
  await user.connect(STORE_APP.clientId);
  const hostile = await hostilePim(victim.pim.url);
  await app.register({ pim: hostile.url, ...listed, scopes: parseScope(SCOPES) });
  const link = `${app.activateUrl}?pim_url=${encodeURIComponent(hostile.url)}`;
  await user.session.follow(link);
  return (await Promise.all(hostile.answers)).map(({ status }) => status);
}

describe('a hostile PIM that passes the browser on to another PIM', () => {
  it('gets nothing for the code when its App has credentials of its own', async () => {
    const statuses = await tryTheCode({ clientId: 'own', clientSecret: marked('secret', 86) });
    expect(statuses.length).toBeGreaterThan(0);
    expect(new Set(statuses)).toEqual(new Set([400]));
  });

  // A limit of the protocol, which has no `iss`: it is why `pims add` refuses to share a client id with a stranger's PIM.
  it('gets a token when both share the client id of an App Store App', async () => {
    expect(await tryTheCode(STORE_APP)).toContain(200);
  });
});
