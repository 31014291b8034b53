import { describe, expect, it } from 'vitest';
import { disconnectionMark } from '../../../reader/disconnection-mark.ts';
import { newPim, newWorld, START } from './support/reader-world.ts';

describe('disconnectionMark', () => {
  it('never marks a newer token, which arrived after the old one was refused', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    const { tokenFingerprint } = await world.open().get(pim);
    await world.connect({ pim });
    const newer = await world.row(pim);
    const mark = disconnectionMark(world.db.client, world.table);
    await mark({ pim, clientId: 'client', tokenFingerprint }, START);
    expect(await world.row(pim)).toEqual(newer);
  });

  it('makes no record of a connection that was forgotten', async () => {
    const world = await newWorld();
    const dead = { pim: newPim(), clientId: 'client', tokenFingerprint: 'a'.repeat(32) };
    await disconnectionMark(world.db.client, world.table)(dead, START);
    expect(await world.row(dead.pim)).toBeUndefined();
  });

  it('writes without reading anything back', async () => {
    const world = await newWorld();
    const dead = { pim: newPim(), clientId: 'client', tokenFingerprint: 'a'.repeat(32) };
    await disconnectionMark(world.db.client, world.table)(dead, START);
    expect(world.db.commands.map(({ name }) => name)).toEqual(['UpdateItemCommand']);
    expect(world.db.commands[0]?.input).not.toHaveProperty('ReturnValues');
  });
});
