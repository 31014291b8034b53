import { describe, expect, it } from 'vitest';
import type { PimRegistration } from '../../../functions/activation/ports.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import {
  cachedPimDirectory,
  REGISTRATION_CACHE_MS,
} from '../../../functions/store/pim-directory.ts';
import { pimUrl } from '../../support/pim-url.ts';

const LISTING: PimRegistration = { clientId: 'client', scopes: parseScope('read_products') };
const pim = pimUrl('https://my.pim.example');

/** A directory whose answer can change, and the count of its look-ups. */
function cached() {
  const state = { listing: LISTING as PimRegistration | undefined, lookUps: 0, now: 0 };
  const inner = {
    find: async () => {
      state.lookUps += 1;
      return state.listing;
    },
  };
  return { state, directory: cachedPimDirectory(inner, () => state.now) };
}

describe('cachedPimDirectory', () => {
  it('remembers a listed PIM for a minute and then looks again', async () => {
    const { state, directory } = cached();
    await directory.find(pim);
    state.now = REGISTRATION_CACHE_MS - 1;
    expect(await directory.find(pim)).toBe(LISTING);
    expect(state.lookUps).toBe(1);
    state.now = REGISTRATION_CACHE_MS;
    await directory.find(pim);
    expect(state.lookUps).toBe(2);
  });

  it('never remembers that a PIM is not listed, so that it works the moment it was added', async () => {
    const { state, directory } = cached();
    state.listing = undefined;
    expect(await directory.find(pim)).toBeUndefined();
    state.listing = LISTING;
    expect(await directory.find(pim)).toBe(LISTING);
  });

  it('forgets a PIM that was removed once its minute is over', async () => {
    const { state, directory } = cached();
    await directory.find(pim);
    state.listing = undefined;
    state.now = REGISTRATION_CACHE_MS;
    expect(await directory.find(pim)).toBeUndefined();
  });

  it('stays small however many PIMs a suffix row stands for', async () => {
    const { state, directory } = cached();
    for (let index = 0; index <= 1_000; index += 1)
      await directory.find(pimUrl(`https://pim${index}.cloud.example`));
    await directory.find(pimUrl('https://pim0.cloud.example'));
    expect(state.lookUps).toBe(1_002);
  });
});
