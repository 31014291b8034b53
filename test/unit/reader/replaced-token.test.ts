import { describe, expect, it } from 'vitest';
import { text } from '../../../functions/tables/row.ts';
import { connectedPim } from './support/connected-pim.ts';
import { connectionError } from './support/connection-error.ts';
import { newWorld } from './support/reader-world.ts';

const PRODUCTS = '/api/rest/v1/products';
const TEN_SECONDS = 10_000;

/** A PIM that has given the App a newer token, which was never stored, and a back end that has found out. */
async function replaced() {
  const world = await newWorld();
  const pim = await connectedPim(world);
  await pim.openWithoutStoring('read_products write_products');
  const connections = world.open();
  const call = () => connections.fetch(pim.url, PRODUCTS);
  expect((await connectionError(call())).code).toBe('token_replaced');
  return { world, pim, connections, call };
}

describe('a token that the PIM has replaced', () => {
  // Each call sent it again: a back end in a loop hammered the PIM with 401s.
  it('is not sent again for ten seconds', async () => {
    const { world, pim, call } = await replaced();
    world.time += TEN_SECONDS - 1;
    const error = await connectionError(call());
    expect(error).toMatchObject({ code: 'token_replaced', pim: pim.url, clientId: pim.clientId });
    expect(error.message).toContain('Let a PIM user open the App once');
    expect(pim.apiCalls()).toBe(1);
  });

  it('is tried again after that, because a PIM that was restored may know it again', async () => {
    const { world, pim, call } = await replaced();
    world.time += TEN_SECONDS;
    await connectionError(call());
    expect(pim.apiCalls()).toBe(2);
  });

  it('shows as replaced meanwhile', async () => {
    const { pim, connections } = await replaced();
    expect((await connections.get(pim.url)).status).toBe('replaced');
  });

  it('makes way for the new one within ten seconds of its arrival', async () => {
    const { world, pim, call, connections } = await replaced();
    const newToken = await pim.open('read_products write_products');
    world.time += TEN_SECONDS;
    expect((await call()).status).toBe(200);
    expect((await connections.get(pim.url)).accessToken.reveal()).toBe(newToken);
  });

  it('shows as disconnected once the table says so', async () => {
    const { world, pim, connections } = await replaced();
    const row = await world.row(pim.url, pim.clientId);
    await world.putRow({ ...row, status: text('disconnected') });
    // With its client id it is another look-up, for which nothing is cached.
    const { status } = await connections.get(pim.url, { clientId: pim.clientId });
    expect(status).toBe('disconnected');
  });
});

describe('a connection whose status is `replaced`', () => {
  it('is refused without calling the PIM', async () => {
    const world = await newWorld();
    const pim = await connectedPim(world);
    const row = await world.row(pim.url, pim.clientId);
    await world.putRow({ ...row, status: text('replaced') });
    const connections = world.open();
    const error = await connectionError(connections.fetch(pim.url, PRODUCTS));
    expect(error).toMatchObject({ code: 'token_replaced', pim: pim.url });
    expect(pim.apiCalls()).toBe(0);
    await pim.open();
    world.time += TEN_SECONDS;
    expect((await connections.fetch(pim.url, PRODUCTS)).status).toBe(200);
  });
});
