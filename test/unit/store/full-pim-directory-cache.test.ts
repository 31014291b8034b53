import { describe, expect, it } from 'vitest';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { cachedPimDirectory } from '../../../functions/store/pim-directory.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { rejectionOf } from '../../support/rejection.ts';

const LISTING = { clientId: 'client', scopes: parseScope('openid') };
const PIM = pimUrl('https://shop.cloud.example');

/** A directory behind the cache that lists the hosts of one suffix, and what it was asked for. */
function suffixDirectory() {
  const state = { down: false, asked: [] as string[] };
  const find = async (pim: typeof PIM) => {
    state.asked.push(pim.toString());
    if (state.down) throw new Error('down');
    return pim.hostname.endsWith('.cloud.example') ? LISTING : undefined;
  };
  return { state, directory: cachedPimDirectory({ find }, () => 0) };
}

describe('cachedPimDirectory', () => {
  it('remembers no failure', async () => {
    const { state, directory } = suffixDirectory();
    state.down = true;
    expect(await rejectionOf(directory.find(PIM))).toEqual(new Error('down'));
    state.down = false;
    expect(await directory.find(PIM)).toBe(LISTING);
  });

  it('keeps PIMs of one host apart by port and path', async () => {
    const { state, directory } = suffixDirectory();
    for (const more of ['', ':8443', '/tenant']) {
      const pim = pimUrl(`${PIM.toString()}${more}`);
      await directory.find(pim);
      await directory.find(pim);
    }
    expect(state.asked).toHaveLength(3);
  });

  it('keeps what it remembers when it is full and somebody asks for an unlisted PIM', async () => {
    const { state, directory } = suffixDirectory();
    for (let index = 1; index < 1_000; index += 1)
      await directory.find(pimUrl(`https://pim${index}.cloud.example`));
    await directory.find(PIM);
    await directory.find(pimUrl('https://nobody.example'));
    state.asked = [];
    await directory.find(PIM);
    expect(state.asked).toEqual([]);
  });
});
