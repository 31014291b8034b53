import { describe, expect, it } from 'vitest';
import { completeActivation } from '../../../functions/activation/complete.ts';
import { BrowserKey, randomText } from '../../../functions/activation/flow.ts';
import type { ConnectionKey } from '../../../functions/activation/ports.ts';
import { AccessToken } from '../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import type { TokenRequest } from '../../../functions/pim/oauth.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { activationWorld, QUERY } from './support/activation-world.ts';

const complete = ({ deps }: ReturnType<typeof activationWorld>, query = QUERY) =>
  completeActivation(
    {
      parameters: new URLSearchParams(query),
      browserKeys: [BrowserKey.generate(randomText)],
      callbackId: undefined,
      deadline: 4_711,
    },
    deps,
  );

function granted(scope: string) {
  const accessToken = wellFormed(AccessToken.parse('token'));
  if (!accessToken) throw new Error('not usable');
  return { kind: 'granted', accessToken, scopes: parseScope(scope), tokenRequestedAt: 0 } as const;
}

describe('completeActivation', () => {
  it('sends the code to the PIM of the flow, whatever the query names', async () => {
    const world = activationWorld();
    const sent: [pim: string, request: TokenRequest, deadline: number][] = [];
    world.deps.tokenEndpoint.open = (pim, deadline) => async (request) => {
      sent.push([pim.toString(), request, deadline]);
      return granted('read_products');
    };
    const evil = 'pim_url=https://evil.example&iss=https://evil.example&client_id=evil';
    await complete(world, `${QUERY}&${evil}`);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject(['https://my.pim.example', { clientId: 'client' }, 4_711]);
    expect(sent[0]?.[1].authorizationCode.reveal()).toBe('abc');
  });

  it('uses another code identifier for each token request', async () => {
    const world = activationWorld();
    const identifiers: string[] = [];
    world.deps.tokenEndpoint.open =
      () =>
      async ({ codeIdentifier }) => {
        identifiers.push(codeIdentifier);
        return { kind: 'invalid_client' };
      };
    await complete(world);
    expect(identifiers).toHaveLength(2);
    expect(new Set(identifiers).size).toBe(2);
  });

  it('encrypts and saves for the PIM and client of the flow', async () => {
    const world = activationWorld();
    const keys: ConnectionKey[] = [];
    world.deps.cipher.encrypt = async (_token, key) => {
      keys.push(key);
      return Buffer.from('sealed');
    };
    world.deps.connections.save = async (grant, encrypted) => {
      keys.push(grant);
      expect(Buffer.from(encrypted).toString()).toBe('sealed');
      return true;
    };
    await complete(world, `${QUERY}&pim_url=https://evil.example`);
    expect(keys.map(({ pim, clientId }) => [pim.toString(), clientId])).toEqual([
      ['https://my.pim.example', 'client'],
      ['https://my.pim.example', 'client'],
    ]);
  });

  it('says nothing before the connection is saved', async () => {
    let saved: (isWritten: boolean) => void = () => undefined;
    const world = activationWorld({
      save: () =>
        new Promise((resolve) => {
          saved = resolve;
        }),
    });
    const result = complete(world);
    const first = await Promise.race([result, turnOfTheEventLoop()]);
    expect([first, world.calls.at(-1)]).toEqual(['pending', 'save']);
    saved(true);
    expect(await result).toMatchObject({ code: 'connected' });
  });

  it('names the scopes that were requested and not granted', async () => {
    const result = await complete(activationWorld({ exchange: granted('openid') }));
    expect(result).toMatchObject({
      kind: 'connected',
      code: 'connected_with_missing_scopes',
      context: { missingScopes: ['read_products'] },
    });
  });

  it('misses nothing that a stronger grant implies', async () => {
    const result = await complete(activationWorld({ exchange: granted('write_products') }));
    expect(result).toMatchObject({ code: 'connected', context: { missingScopes: [] } });
  });

  it.each([
    ['unreachable', undefined, 'pim_unreachable'],
    ['timeout', undefined, 'pim_timeout'],
    ['unexpected-answer', 503, 'pim_unexpected_answer'],
  ] as const)('tells a PIM that was disturbed by %s apart', async (failure, status, code) => {
    const exchange = { kind: 'failed', failure, ...(status && { status }) } as const;
    const world = activationWorld({ exchange });
    const result = await complete(world);
    expect(result).toMatchObject({ kind: 'refused', code, context: { failure } });
    expect(result.context.pimStatus).toBe(status);
    expect(world.calls).toEqual(['consume', 'secret', 'exchange']);
  });
});

/** Long enough for every step that waits for nothing. */
function turnOfTheEventLoop(): Promise<string> {
  return new Promise((resolve) => setImmediate(resolve, 'pending'));
}
