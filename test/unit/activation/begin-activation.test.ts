import { describe, expect, it } from 'vitest';
import { beginActivation } from '../../../functions/activation/begin.ts';
import {
  BrowserKey,
  FLOW_LIFETIME_MS,
  type Flow,
  randomText,
  State,
} from '../../../functions/activation/flow.ts';
import { type PimRegistration, ServiceError } from '../../../functions/activation/ports.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import type { PimUrl } from '../../../functions/pim/pim-url.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';

const NOW = 1_800_000_000_000;
const LISTING: PimRegistration = {
  clientId: 'client',
  scopes: parseScope('openid read_products'),
  appUrl: 'https://app.example/',
};

/** Ports that write down the order in which they are called; one PIM is listed. */
function world(behaviour: { readonly put?: () => Promise<void> } = {}) {
  const calls: string[] = [];
  const flows: Flow[] = [];
  const deps = {
    pims: {
      find: async (pim: PimUrl) => {
        calls.push(`find ${pim.toString()}`);
        return pim.toString() === 'https://pim.example' ? LISTING : undefined;
      },
    },
    flows: {
      put: async (flow: Flow) => {
        calls.push('put');
        await behaviour.put?.();
        flows.push(flow);
      },
    },
    now: () => NOW,
    random: randomText,
    pimUrlPolicy: { dangerouslyAllowHttpOnLoopback: false },
  };
  const begin = (query: string, browserKey?: BrowserKey) =>
    beginActivation(
      {
        parameters: new URLSearchParams(query),
        browserKeys: browserKey ? [browserKey] : [],
      },
      deps,
    );
  return { calls, flows, begin };
}

describe('beginActivation', () => {
  it.each([
    ['no PIM', '', 'pim_url_missing'],
    ['an empty PIM', 'pim_url=', 'pim_url_missing'],
    ['two PIMs', 'pim_url=https://pim.example&pim_url=https://evil.example', 'pim_url_repeated'],
    [
      'the same PIM twice',
      'pim_url=https://pim.example&pim_url=https://pim.example',
      'pim_url_repeated',
    ],
    ['a good PIM and an empty one', 'pim_url=https://pim.example&pim_url=', 'pim_url_repeated'],
    ['plain http', 'pim_url=http://pim.example', 'pim_url_malformed'],
    ['credentials', 'pim_url=https://a:b@pim.example', 'pim_url_malformed'],
  ])('looks nothing up and stores nothing for %s', async (_case, query, code) => {
    const { calls, begin } = world();
    expect(await begin(query)).toEqual({ kind: 'refused', code, context: {} });
    expect(calls).toEqual([]);
  });

  it('stores nothing for a PIM that is not listed, and names it', async () => {
    const { calls, begin } = world();
    const result = await begin('pim_url=https://Other.example/');
    expect(result).toMatchObject({ kind: 'refused', code: 'pim_not_listed' });
    expect(String(result.context.pim)).toBe('https://other.example');
    expect(calls).toEqual(['find https://other.example']);
  });

  it('stores a flow with all that the callback needs, taken from the listing', async () => {
    const { flows, begin } = world();
    const key = BrowserKey.generate(randomText);
    await begin('pim_url=https://PIM.example:443/&scope=all&client_id=evil&app_url=x', key);
    expect(flows).toEqual([
      {
        ...LISTING,
        id: expect.stringMatching(/^[\w-]{43}$/),
        pim: expect.objectContaining({}),
        browserHash: key.hash(),
        attempt: 1,
        startedAt: NOW,
        expiresAt: NOW + FLOW_LIFETIME_MS,
      },
    ]);
    expect(String(flows[0]?.pim)).toBe('https://pim.example');
  });

  it('sends the browser to the PIM with the state whose hash it stored', async () => {
    const { calls, flows, begin } = world();
    const result = await begin('pim_url=https://pim.example');
    const { origin, pathname, searchParams } = new URL(
      result.kind === 'redirect' ? result.location : '',
    );
    expect(origin + pathname).toBe('https://pim.example/connect/apps/v1/authorize');
    expect(searchParams.get('scope')).toBe('openid read_products');
    expect(wellFormed(State.parse(searchParams.get('state') ?? '')).hash()).toBe(flows[0]?.id);
    expect(calls).toEqual(['find https://pim.example', 'put']);
  });

  it('gives a browser without a key one, and leaves the key of another alone', async () => {
    const { flows, begin } = world();
    const fresh = await begin('pim_url=https://pim.example');
    const newKey = fresh.kind === 'redirect' ? fresh.newBrowserKey : undefined;
    expect(newKey?.hash()).toBe(flows[0]?.browserHash);
    expect(newKey?.reveal()).not.toBe(flows[0]?.browserHash);
    const known = BrowserKey.generate(randomText);
    expect(await begin('pim_url=https://pim.example', known)).not.toHaveProperty('newBrowserKey');
  });

  it('uses another state for each flow', async () => {
    const { flows, begin } = world();
    await begin('pim_url=https://pim.example');
    await begin('pim_url=https://pim.example');
    expect(flows[0]?.id).not.toBe(flows[1]?.id);
  });

  it('sends nobody away before the flow is saved', async () => {
    const { begin } = world({
      put: () => Promise.reject(new ServiceError('dynamodb', new Error())),
    });
    const { kind, code, context } = await begin('pim_url=https://pim.example');
    expect([kind, code]).toEqual(['refused', 'store_unavailable']);
    expect(context).toMatchObject({ clientId: 'client', dependency: 'dynamodb' });
    expect(context.pim?.toString()).toBe('https://pim.example');
  });
});
