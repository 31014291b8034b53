import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AppDisconnectedError } from '../../../reader/index.ts';
import { httpServer } from '../../support/http-server.ts';
import { connectedPim } from './support/connected-pim.ts';
import { connectionError } from './support/connection-error.ts';
import { newWorld } from './support/reader-world.ts';

const PRODUCTS = '/api/rest/v1/products';
const INVALID = 'The access token provided is invalid.';

async function connectedWorld() {
  const world = await newWorld();
  return { world, pim: await connectedPim(world) };
}

describe('connections.fetch after a 401', () => {
  it('uses the token that has replaced the cached one, and goes on with it', async () => {
    const { world, pim } = await connectedWorld();
    const connections = world.open();
    await connections.get(pim.url);
    const newToken = await pim.open('read_products write_products');
    expect((await connections.fetch(pim.url, PRODUCTS)).status).toBe(200);
    expect((await connections.get(pim.url)).accessToken.reveal()).toBe(newToken);
    expect((await connections.fetch(pim.url, PRODUCTS)).status).toBe(200);
    expect(pim.apiCalls()).toBe(3);
    expect(world.db.commands).toHaveLength(2);
  });

  it('reads the connection once for any number of calls', async () => {
    const { world, pim } = await connectedWorld();
    const connections = world.open();
    await connections.get(pim.url);
    await pim.open('read_products write_products');
    const calls = Array.from({ length: 12 }, () => connections.fetch(pim.url, PRODUCTS));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(world.db.commands).toHaveLength(2);
  });

  it('says that the token was replaced when the new one was never stored', async () => {
    const { world, pim } = await connectedWorld();
    await pim.openWithoutStoring('read_products write_products');
    const error = await connectionError(world.open().fetch(pim.url, PRODUCTS));
    expect(error).toMatchObject({ code: 'token_replaced', pim: pim.url, clientId: pim.clientId });
    expect(error.message).toContain('Let a PIM user open the App once');
    expect(pim.apiCalls()).toBe(1);
    expect(world.kms.decryptions).toHaveLength(1);
    expect(await world.row(pim.url, pim.clientId)).toMatchObject({ status: { S: 'connected' } });
  });

  it('gives up when the PIM refuses the newer token too', async () => {
    const { world, pim } = await connectedWorld();
    const connections = world.open();
    await connections.get(pim.url);
    await pim.open('read_products write_products');
    await pim.openWithoutStoring('read_products delete_products');
    const error = await connectionError(connections.fetch(pim.url, PRODUCTS));
    expect(error.code).toBe('token_replaced');
    expect(pim.apiCalls()).toBe(2);
  });

  it('says so when the connection was forgotten meanwhile', async () => {
    const { world, pim } = await connectedWorld();
    const connections = world.open();
    await connections.get(pim.url);
    pim.pim.disconnect(pim.clientId);
    await world.forget(pim.url, pim.clientId);
    const error = await connectionError(connections.fetch(pim.url, PRODUCTS));
    expect(error.code).toBe('not_connected');
  });

  it('does not send a stream twice, but knows the new token the next time', async () => {
    const world = await newWorld();
    const refusal = JSON.stringify({ code: 401, message: INVALID });
    const pim = await httpServer((response, _request, index) =>
      index === 0 ? response.writeHead(401).end(refusal) : response.end(),
    );
    await world.connect({ pim: pim.url });
    const connections = world.open();
    await connections.get(pim.url);
    const newToken = await world.connect({ pim: pim.url });
    const init = { method: 'POST', body: Readable.from(['{}']), duplex: 'half' } as const;
    const error = await connectionError(connections.fetch(pim.url, PRODUCTS, init));
    expect(error.code).toBe('token_replaced');
    expect(error.message).toContain('Call again');
    expect((await connections.fetch(pim.url, PRODUCTS)).status).toBe(200);
    expect(pim.received[1]?.headers.authorization).toBe(`Bearer ${newToken}`);
  });

  it.each([
    ['of a proxy', '<html>Login</html>'],
    ['with another message', '{"code":401,"message":"Authentication is required"}'],
    ['without a message', '[null]'],
    ['that is far too long', `{"message":"${INVALID}","more":"${'x'.repeat(20_000)}"}`],
  ])('returns one %s, readable', async (_case, body) => {
    const world = await newWorld();
    const pim = await httpServer((response) => response.writeHead(401).end(body));
    await world.connect({ pim: pim.url });
    const response = await world.open().fetch(pim.url, PRODUCTS);
    expect(response.status).toBe(401);
    expect(await response.text()).toBe(body);
    expect(pim.received).toHaveLength(1);
  });
});

describe('connections.fetch of a disconnected App', () => {
  it('marks the connection by one write that is bound to the token', async () => {
    const { world, pim } = await connectedWorld();
    const { tokenFingerprint } = (await world.row(pim.url, pim.clientId)) ?? {};
    pim.pim.disconnect(pim.clientId);
    const connections = world.open({ mayMarkConnections: true });
    const calls = [1, 2, 3, 4].map(() => connectionError(connections.fetch(pim.url, PRODUCTS)));
    for (const error of await Promise.all(calls)) {
      expect(error).toBeInstanceOf(AppDisconnectedError);
      expect(error).toMatchObject({ code: 'app_disconnected', pim: pim.url });
      expect(error.cause).toBeUndefined();
    }
    expect(world.db.count('UpdateItemCommand')).toBe(1);
    expect(await world.row(pim.url, pim.clientId)).toMatchObject({
      status: { S: 'disconnected' },
      statusAt: { S: new Date(world.time).toISOString() },
      tokenFingerprint,
    });
  });

  it('does not call the PIM again until the App has a new token', async () => {
    const { world, pim } = await connectedWorld();
    pim.pim.disconnect(pim.clientId);
    const connections = world.open({ mayMarkConnections: true });
    await connectionError(connections.fetch(pim.url, PRODUCTS));
    await connectionError(connections.fetch(pim.url, PRODUCTS));
    expect(pim.apiCalls()).toBe(1);
    await pim.open();
    world.time += 10_000;
    expect((await connections.fetch(pim.url, PRODUCTS)).status).toBe(200);
  });

  it('leaves alone what is marked already, and what has a newer token', async () => {
    const { world, pim } = await connectedWorld();
    const readers = [1, 2, 3].map(() => world.open({ mayMarkConnections: true }));
    for (const reader of readers) await reader.get(pim.url);
    pim.pim.disconnect(pim.clientId);
    await connectionError((readers[0] ?? world.open()).fetch(pim.url, PRODUCTS));
    const marked = await world.row(pim.url, pim.clientId);
    world.time += 1_000;
    await connectionError((readers[1] ?? world.open()).fetch(pim.url, PRODUCTS));
    expect(await world.row(pim.url, pim.clientId)).toEqual(marked);
    await pim.open();
    expect((await (readers[2] ?? world.open()).fetch(pim.url, PRODUCTS)).status).toBe(200);
    expect(await world.row(pim.url, pim.clientId)).toMatchObject({ status: { S: 'connected' } });
  });

  it('only remembers it when it may not write', async () => {
    const { world, pim } = await connectedWorld();
    pim.pim.disconnect(pim.clientId);
    const connections = world.open();
    const error = await connectionError(connections.fetch(pim.url, PRODUCTS));
    expect(error.code).toBe('app_disconnected');
    expect(world.db.count('UpdateItemCommand')).toBe(0);
    expect((await connections.get(pim.url)).status).toBe('disconnected');
    world.time += 600_000;
    await connectionError(connections.fetch(pim.url, PRODUCTS));
    expect(pim.apiCalls()).toBe(1);
    expect(await world.row(pim.url, pim.clientId)).toMatchObject({ status: { S: 'connected' } });
  });
});
