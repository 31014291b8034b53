import { describe, expect, it } from 'vitest';
import { text } from '../../../functions/tables/row.ts';
import { connectionError } from './support/connection-error.ts';
import { newPim, newWorld, type ReaderWorld } from './support/reader-world.ts';

const FIVE_MINUTES = 5 * 60_000;

/** How often the reader asked DynamoDB and KMS. */
const requests = ({ db, kms }: ReaderWorld) => [db.commands.length, kms.decryptions.length];

describe('the cache of connections', () => {
  it('spares table and key for five minutes', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    const connections = world.open();
    await connections.get(pim);
    world.time += FIVE_MINUTES - 1;
    await connections.get(`${pim}/`);
    expect(requests(world)).toEqual([1, 1]);
    world.time += 1;
    await connections.get(pim);
    expect(requests(world)).toEqual([2, 2]);
  });

  it('lasts as long as it is told', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    const connections = world.open({ cacheMs: 0 });
    await connections.get(pim);
    await connections.get(pim);
    expect(requests(world)).toEqual([2, 2]);
  });

  it('lets any number of callers at once share one request', async () => {
    const world = await newWorld();
    const pim = newPim();
    const token = await world.connect({ pim });
    const connections = world.open();
    const found = await Promise.all(Array.from({ length: 50 }, () => connections.get(pim)));
    expect(new Set(found.map(({ accessToken }) => accessToken.reveal()))).toEqual(new Set([token]));
    expect(requests(world)).toEqual([1, 1]);
  });

  it('keeps the clients of a PIM apart', async () => {
    const world = await newWorld();
    const pim = newPim();
    const tokens = [
      await world.connect({ pim, clientId: 'one' }),
      await world.connect({ pim, clientId: 'other' }),
    ];
    const connections = world.open();
    const ids = ['one', 'other', 'one', 'other'];
    const found = await Promise.all(ids.map((clientId) => connections.get(pim, { clientId })));
    expect(found.map(({ accessToken }) => accessToken.reveal())).toEqual([...tokens, ...tokens]);
  });

  it('looks at a dead connection again after ten seconds', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    await world.putRow({ ...(await world.row(pim)), status: text('disconnected') });
    const connections = world.open();
    expect((await connections.get(pim)).status).toBe('disconnected');
    await world.connect({ pim });
    expect((await connections.get(pim)).status).toBe('disconnected');
    world.time += 10_000;
    expect((await connections.get(pim)).status).toBe('connected');
  });

  it('keeps no failure', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    const connections = world.open();
    world.kms.fail({ status: 500, body: '{"__type":"KMSInternalException"}' });
    const both = [connections.get(pim), connections.get(pim)].map(connectionError);
    expect((await Promise.all(both)).map(({ code }) => code)).toEqual([
      'store_unavailable',
      'store_unavailable',
    ]);
    expect((await connections.get(pim)).status).toBe('connected');
    expect(requests(world)).toEqual([2, 2]);
  });
});
