import { describe, expect, it } from 'vitest';
import { type JourneyWorld, openTab, SCOPES } from './journey-world.ts';

/** What a PIM user meets who connects an App; run it in each world. */
export function connectingJourneys(world: () => JourneyWorld): void {
  describe('connecting a PIM for the first time', () => {
    it('leads through consent to the success page and stores a token that works', async () => {
      const listed = await world().startPim();
      const page = await world().user(listed).connect(listed.clientId);

      expect(page.status).toBe(200);
      expect(page.body).toContain('<h1>Connected</h1>');
      expect(page.body).toContain(listed.pim.url);
      const connection = await world().connection(listed);
      const api = await fetch(`${listed.pim.url}/api/rest/v1/system-information`, {
        headers: { authorization: `Bearer ${connection?.accessToken}` },
      });
      expect(api.status).toBe(200);
      expect(await api.json()).toEqual({
        version: expect.any(String),
        edition: expect.any(String),
      });
    });

    it('stores requested and granted scopes, a fingerprint and the times', async () => {
      const listed = await world().startPim();
      await world().user(listed).connect(listed.clientId);

      const connection = await world().connection(listed);
      expect(connection?.text('status')).toBe('connected');
      expect(connection?.text('requestedScopes')).toBe(SCOPES);
      expect(connection?.text('grantedScopes')).toBe(SCOPES);
      expect(connection?.text('tokenFingerprint')).toMatch(/^[0-9a-f]{32}$/);
      expect(connection?.text('firstConnectedAt')).toBe(connection?.text('lastOpenedAt'));
    });

    it('sends the browser away from the URL that holds the code', async () => {
      const listed = await world().startPim();
      const page = await world().user(listed).connect(listed.clientId);

      const callback = page.hops.find(({ url }) => url.includes('code='));
      expect(callback?.status).toBe(303);
      expect(new URL(page.url).search).toMatch(/^\?flow=[\w-]{43}$/);
    });

    it("sends the browser to the PIM's app URL, if it has one, and tells the App which PIM it is", async () => {
      const appUrl = 'http://localhost:1/start?tenant=7#top';
      const listed = await world().startPim({ appUrl });
      const user = world().user(listed);
      await openTab(user, listed);
      const page = await user.session.get(await user.confirm(listed.clientId));

      expect(page.status).toBe(303);
      const pim = encodeURIComponent(listed.pim.url);
      expect(page.headers.get('location')).toBe(
        `http://localhost:1/start?tenant=7&pim_url=${pim}#top`,
      );
    });

    it('asks for the full list of scopes with a fresh state each time', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      const [one, other] = [await openTab(user, listed), await openTab(user, listed)];

      const query = new URL(one).searchParams;
      expect(query.get('scope')).toBe(SCOPES);
      expect(query.get('response_type')).toBe('code');
      expect(query.get('client_id')).toBe(listed.clientId);
      expect(query.get('state')).toMatch(/^[\w-]{43}$/);
      expect(query.get('state')).not.toBe(new URL(other).searchParams.get('state'));
    });

    it('names the scopes that the PIM did not grant', async () => {
      const listed = await world().startPim({ scopes: `${SCOPES} no_such_scope` });
      const page = await world().user(listed).connect(listed.clientId);
      const connection = await world().connection(listed);

      expect(page.status).toBe(200);
      expect(page.body).toContain('<li><code>no_such_scope</code></li>');
      expect(page.body).not.toContain('<li><code>read_products</code></li>');
      expect(connection?.text('grantedScopes')).toBe(SCOPES);
    });
  });
}
