import { describe, expect, it } from 'vitest';
import type { Connections } from '../../../reader/index.ts';
import { connectedPim } from './support/connected-pim.ts';
import { connectionError } from './support/connection-error.ts';
import { newWorld } from './support/reader-world.ts';

const PRODUCTS = '/api/rest/v1/products';
const MINUTE = 60_000;

/** A PIM that has disconnected the App, and a back end whose first mark is refused. */
async function unmarked() {
  const world = await newWorld();
  const pim = await connectedPim(world);
  pim.pim.disconnect(pim.clientId);
  world.db.deny('UpdateItemCommand');
  const connections = world.open({ mayMarkConnections: true });
  const call = () => connectionError(connections.fetch(pim.url, PRODUCTS));
  const error = await call();
  const status = async () => (await world.row(pim.url, pim.clientId))?.['status']?.S;
  return { world, pim, connections, call, error, status };
}

describe('the mark of a disconnection that fails', () => {
  it('takes nothing from the error, whose cause it is', async () => {
    const { connections, pim, error } = await unmarked();
    expect(error.code).toBe('app_disconnected');
    expect(error.cause).toHaveProperty('name', 'AccessDeniedException');
    expect((await connections.get(pim.url)).status).toBe('disconnected');
  });

  it('is not tried again within a minute, however often the dead token is met', async () => {
    const { world, call } = await unmarked();
    world.time += MINUTE - 1;
    for (const error of [await call(), await call()]) {
      expect(error.code).toBe('app_disconnected');
      expect(error.cause).toBeUndefined();
    }
    expect(world.db.count('UpdateItemCommand')).toBe(1);
  });

  // After one failure a process never wrote the mark, because it took the token for marked.
  it('is tried again by a call after a minute, without calling the PIM', async () => {
    const { world, pim, call, status } = await unmarked();
    world.db.allow('UpdateItemCommand');
    world.time += MINUTE;
    expect((await call()).cause).toBeUndefined();
    expect(await status()).toBe('disconnected');
    expect(pim.apiCalls()).toBe(1);
  });

  it('names the time at which the disconnection was noticed', async () => {
    const { world, pim, call } = await unmarked();
    const noticedAt = new Date(world.time).toISOString();
    world.db.allow('UpdateItemCommand');
    world.time += MINUTE;
    await call();
    expect(await world.row(pim.url, pim.clientId)).toMatchObject({ statusAt: { S: noticedAt } });
  });

  it('is one write for any number of calls at once, and the last one', async () => {
    const { world, call, status } = await unmarked();
    world.db.allow('UpdateItemCommand');
    world.time += MINUTE;
    await Promise.all(Array.from({ length: 6 }, call));
    world.time += MINUTE;
    await call();
    expect(world.db.count('UpdateItemCommand')).toBe(2);
    expect(await status()).toBe('disconnected');
  });

  it('tells every call that shared it why it failed again', async () => {
    const { world, call } = await unmarked();
    world.time += MINUTE;
    const errors = await Promise.all(Array.from({ length: 3 }, call));
    expect(errors.map(({ cause }) => cause instanceof Error && cause.name)).toEqual(
      Array.from({ length: 3 }, () => 'AccessDeniedException'),
    );
    expect(world.db.count('UpdateItemCommand')).toBe(2);
  });

  it('leaves alone a connection that has a new token', async () => {
    const { world, pim, connections, status } = await unmarked();
    world.db.allow('UpdateItemCommand');
    await pim.open();
    world.time += MINUTE;
    expect((await connections.fetch(pim.url, PRODUCTS)).status).toBe(200);
    expect(await status()).toBe('connected');
  });
});

describe('a back end that may only read', () => {
  it('tries no mark, now or later', async () => {
    const world = await newWorld();
    const pim = await connectedPim(world);
    pim.pim.disconnect(pim.clientId);
    const connections: Connections = world.open();
    for (const wait of [0, MINUTE]) {
      world.time += wait;
      await connectionError(connections.fetch(pim.url, PRODUCTS));
    }
    expect(world.db.count('UpdateItemCommand')).toBe(0);
  });
});
