import { describe, expect, it } from 'vitest';
import type { StoredRow } from '../../../functions/tables/row.ts';
import type { Connections } from '../../../reader/index.ts';
import { httpServer } from '../../support/http-server.ts';
import { type ConnectedPim, connectedPim } from './support/connected-pim.ts';
import { connectionError } from './support/connection-error.ts';
import { newWorld, type ReaderWorld } from './support/reader-world.ts';

const PRODUCTS = '/api/rest/v1/products';
const MINUTE = 60_000;
const INVALID = 'The access token provided is invalid.';

/** What overwrites a mark has at hand. */
interface Overwriting {
  readonly world: ReaderWorld;
  readonly pim: ConnectedPim;
  readonly token: string;
  /** The row before the mark. */
  readonly connected: StoredRow;
}

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

describe('a mark that something has overwritten', () => {
  /** A disconnected App, marked by a back end, whose row then says otherwise. */
  async function overwritten(overwrite: (seen: Overwriting) => Promise<void>) {
    const world = await newWorld();
    const pim = await connectedPim(world);
    const { accessToken } = await world.open().get(pim.url);
    const connected = (await world.row(pim.url, pim.clientId)) ?? {};
    pim.pim.disconnect(pim.clientId);
    const connections = world.open({ mayMarkConnections: true });
    const call = () => connectionError(connections.fetch(pim.url, PRODUCTS));
    await call();
    world.time += 1;
    await overwrite({ world, pim, token: accessToken.reveal(), connected });
    world.time += 10_000;
    const status = async () => (await world.row(pim.url, pim.clientId))?.['status']?.S;
    return { world, pim, call, status };
  }

  // A late answer wrote "connected" with the dead token, and it stayed so: the process took the token for marked.
  it.each<[string, (seen: Overwriting) => Promise<void>]>([
    [
      'a late callback, by whose clock it came later',
      async ({ world, pim: { url, clientId }, token }) => {
        await world.connect({ pim: url, clientId, token });
      },
    ],
    ['an operator, or a backup', ({ world, connected }) => world.putRow(connected)],
  ])('by %s is made again, after one call', async (_who, overwrite) => {
    const { pim, call, status } = await overwritten(overwrite);
    expect(await status()).toBe('connected');
    expect((await call()).code).toBe('app_disconnected');
    expect(await status()).toBe('disconnected');
    await call();
    expect(pim.apiCalls()).toBe(2);
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

  it('tries a token again that the PIM has granted again, as after a backup', async () => {
    const world = await newWorld();
    const refusal = {
      code: 401,
      message: `${INVALID} Your app has been disconnected from that PIM.`,
    };
    const pim = await httpServer((response, _request, index) =>
      index === 0 ? response.writeHead(401).end(JSON.stringify(refusal)) : response.end(),
    );
    const token = await world.connect({ pim: pim.url });
    const connections = world.open();
    await connectionError(connections.fetch(pim.url, PRODUCTS));
    world.time += MINUTE;
    await connectionError(connections.fetch(pim.url, PRODUCTS));
    expect(pim.received).toHaveLength(1);
    await world.connect({ pim: pim.url, token });
    world.time += 10_000;
    expect((await connections.fetch(pim.url, PRODUCTS)).status).toBe(200);
  });
});
