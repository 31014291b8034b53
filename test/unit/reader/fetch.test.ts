import { describe, expect, it } from 'vitest';
import { marked } from '../../support/canary.ts';
import { closedPort, httpServer } from '../../support/http-server.ts';
import { connectedPim } from './support/connected-pim.ts';
import { connectionError } from './support/connection-error.ts';
import { newWorld } from './support/reader-world.ts';

const PRODUCTS = '/api/rest/v1/products';

describe('connections.fetch', () => {
  it('reads products of the PIM with the token', async () => {
    const world = await newWorld();
    const { url } = await connectedPim(world);
    const response = await world.open().fetch(url, PRODUCTS);
    expect(response.status).toBe(200);
    expect(response.url).toBe(url + PRODUCTS);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toHaveProperty('_embedded.items.0.identifier', 'sunglasses');
  });

  it('reaches a PIM that lives below a path', async () => {
    const world = await newWorld();
    const { url } = await connectedPim(world, { path: '/tenant' });
    expect((await world.open().fetch(`${url}/`, PRODUCTS)).status).toBe(200);
  });

  it('returns what the PIM answers, a refusal or a failure too', async () => {
    const world = await newWorld();
    const { url, pim } = await connectedPim(world);
    const connections = world.open();
    const forbidden = await connections.fetch(url, '/api/rest/v1/categories');
    expect(forbidden.status).toBe(403);
    expect(await forbidden.json()).toHaveProperty('code', 403);
    pim.orderFault({ at: 'api', kind: 'status', status: 500 });
    expect((await connections.fetch(url, PRODUCTS)).status).toBe(500);
  });

  it('sends method, body and headers as they are, but its own Authorization and Host', async () => {
    const world = await newWorld();
    const pim = await httpServer((response) => response.writeHead(204).end());
    const token = await world.connect({ pim: pim.url });
    const headers = {
      authorization: 'Basic eDp5',
      host: 'another-tenant.example',
      'content-type': 'application/json',
    };
    const init = { method: 'PATCH', body: '{"enabled":true}', headers };
    const response = await world.open().fetch(pim.url, '/api/x?y=z', init);
    expect([response.status, response.body]).toEqual([204, null]);
    expect(pim.received).toMatchObject([
      {
        method: 'PATCH',
        path: '/api/x?y=z',
        body: '{"enabled":true}',
        headers: {
          authorization: `Bearer ${token}`,
          host: new URL(pim.url).host,
          'content-type': 'application/json',
        },
      },
    ]);
  });

  it.each([301, 302, 303, 307, 308])('hands a redirect back: %i', async (status) => {
    const world = await newWorld();
    const other = await httpServer((response) => response.end());
    const location = `${other.url}/steal`;
    const pim = await httpServer((response) =>
      response.writeHead(status, { location }).end('moved'),
    );
    await world.connect({ pim: pim.url });
    // The type has no `redirect`; a caller without types may pass one all the same.
    const init = { method: 'GET', redirect: 'follow' };
    const response = await world.open().fetch(pim.url, '/api', init);
    expect([response.status, response.headers.get('location')]).toEqual([status, location]);
    expect(other.received).toEqual([]);
  });

  it('sends nothing to a path that leads elsewhere', async () => {
    const world = await newWorld();
    const other = await httpServer((response) => response.end());
    const { url } = await connectedPim(world);
    const secret = marked('secret', 20);
    const paths = [`${other.url}/?x=${secret}`, other.url.replace('http:', ''), '/\\evil.example'];
    for (const path of paths) {
      const error = await connectionError(world.open().fetch(url, path));
      expect(error).toMatchObject({ code: 'path_not_of_pim', pim: url });
    }
    expect(other.received).toEqual([]);
    expect(world.db.commands).toEqual([]);
  });

  it('uses the client id that the call names', async () => {
    const world = await newWorld();
    const pim = await httpServer((response) => response.end());
    await world.connect({ pim: pim.url, clientId: 'one' });
    const token = await world.connect({ pim: pim.url, clientId: 'other' });
    const connections = world.open();
    const error = await connectionError(connections.fetch(pim.url, '/api'));
    expect(error.code).toBe('several_clients');
    await connections.fetch(pim.url, '/api', { clientId: 'other' });
    expect(pim.received[0]?.headers.authorization).toBe(`Bearer ${token}`);
  });

  it('refuses a PIM that is not connected', async () => {
    const world = await newWorld();
    const error = await connectionError(world.open().fetch('https://nobody.example', PRODUCTS));
    expect(error.code).toBe('not_connected');
  });

  it('rejects as the global fetch does when the PIM cannot be reached', async () => {
    const world = await newWorld();
    const url = await closedPort();
    await world.connect({ pim: url });
    await expect(world.open().fetch(url, PRODUCTS)).rejects.toThrow(new TypeError('fetch failed'));
  });

  it('rejects with the reason of an aborted signal', async () => {
    const world = await newWorld();
    const { url, apiCalls } = await connectedPim(world);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(world.open().fetch(url, PRODUCTS, { signal })).rejects.toThrow('enough');
    expect(apiCalls()).toBe(0);
  });
});
