import { describe, expect, it } from 'vitest';
import { type Item, number, text } from '../../../functions/tables/row.ts';
import type { ListedConnection } from '../../../reader/index.ts';
import { marksIn } from '../../support/canary.ts';
import { connectionError } from './support/connection-error.ts';
import { newPim, newWorld } from './support/reader-world.ts';

async function all(connections: AsyncIterable<ListedConnection>): Promise<ListedConnection[]> {
  const listed: ListedConnection[] = [];
  for await (const connection of connections) listed.push(connection);
  return listed;
}

describe('connections.list', () => {
  it('lists the connections of every status, or of one, without tokens', async () => {
    const world = await newWorld();
    const [alive, dead, stale] = [newPim(), newPim(), newPim()];
    for (const pim of [alive, dead, stale]) await world.connect({ pim });
    await world.putRow({ ...(await world.row(dead)), status: text('disconnected') });
    await world.putRow({ ...(await world.row(stale)), status: text('replaced') });
    const connections = world.open();
    const listed = await all(connections.list());
    expect(listed.map(({ pim, status }) => [pim, status])).toEqual([
      [alive, 'connected'],
      [dead, 'disconnected'],
      [stale, 'replaced'],
    ]);
    expect(await all(connections.list({ status: 'disconnected' }))).toEqual([listed[1]]);
    expect(listed[0]).not.toHaveProperty('accessToken');
    expect(marksIn(JSON.stringify(listed))).toEqual([]);
    expect(world.kms.decryptions).toEqual([]);
  });

  it('reads page by page while it is consumed', async () => {
    const world = await newWorld();
    const pims = Array.from({ length: 5 }, newPim);
    // Rows of 300 kB: three of them are more than the megabyte of a page.
    const padding = 'x'.repeat(300_000);
    for (const pim of pims) await world.connect({ pim, requestedScope: padding });
    const connections = world.open();
    const iterator = connections.list({ status: 'connected' });
    await iterator.next();
    expect(world.db.count('QueryCommand')).toBe(1);
    const rest = await all(iterator);
    expect(rest.map(({ pim }) => pim)).toEqual(expect.arrayContaining(pims.slice(1)));
    expect(world.db.count('QueryCommand')).toBeGreaterThan(1);
  });

  it('asks the index only', async () => {
    const world = await newWorld();
    await all(world.open().list());
    const indexes = world.db.commands.map(
      ({ input }) => (input as { IndexName?: string }).IndexName,
    );
    expect(new Set(indexes)).toEqual(new Set(['ByStatus']));
  });

  // The error named neither the PIM nor the client id, and the good rows of the page were lost with it.
  it('stops at a row that somebody edited by hand, and says which one it is', async () => {
    const world = await newWorld();
    const [before = '', broken = '', after = ''] = [newPim(), newPim(), newPim()].toSorted();
    const change = async (pim: string, changed: Item) =>
      world.putRow({ ...(await world.row(pim)), ...changed });
    for (const pim of [before, broken, after]) {
      await world.connect({ pim });
      await change(pim, { status: text('disconnected') });
    }
    await change(broken, { grantedScopes: number(1) });

    const listed: string[] = [];
    const list = async () => {
      for await (const { pim } of world.open().list({ status: 'disconnected' })) listed.push(pim);
    };
    const error = await connectionError(list());
    expect(error).toMatchObject({ code: 'connection_malformed', pim: broken, clientId: 'client' });
    expect(error.message).toMatch(new RegExp(`${broken}.*client.*"grantedScopes"`));
    expect(listed).toContain(before);
    expect(listed).not.toContain(after);
  });

  it('names the grant when the role may not list', async () => {
    const world = await newWorld();
    world.db.deny('QueryCommand');
    const error = await connectionError(all(world.open().list()));
    expect(error.code).toBe('access_denied');
    expect(error.message).toContain('grantRead (with list)');
  });
});
