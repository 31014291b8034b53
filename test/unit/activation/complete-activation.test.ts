import { describe, expect, it } from 'vitest';
import { completeActivation } from '../../../functions/activation/complete.ts';
import { BrowserKey, randomText } from '../../../functions/activation/flow.ts';
import { ServiceError } from '../../../functions/activation/ports.ts';
import { tokenFingerprint } from '../../../functions/activation/record.ts';
import { AccessToken } from '../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { tokenEndpoint } from '../../../functions/pim/token-endpoint.ts';
import { activationWorld, QUERY } from './support/activation-world.ts';

const OTHER = 'b'.repeat(32);
const OWN = tokenFingerprint(wellFormed(AccessToken.parse('token')), 'key');

const complete = (world: ReturnType<typeof activationWorld>, query: string = QUERY) =>
  completeActivation(
    {
      parameters: new URLSearchParams(query),
      browserKeys: [BrowserKey.generate(randomText)],
      callbackId: undefined,
      deadline: Date.now() + 1_000,
    },
    world.deps,
  );

const LATE = { kind: 'invalid_grant', codeIs: 'expired', isAnswerLost: false } as const;
const LOST = { kind: 'invalid_grant', codeIs: 'unknown-or-used', isAnswerLost: true } as const;

describe('completeActivation', () => {
  it('takes the steps in the order in which each protects the next', async () => {
    const world = activationWorld();
    const result = await complete(world);

    expect(result).toMatchObject({ kind: 'connected', code: 'connected' });
    expect(world.calls).toEqual(['consume', 'secret', 'exchange', 'encrypt', 'save']);
  });

  it.each([
    ['a repeated parameter', `${QUERY}&code=other`, 'callback_parameter_repeated'],
    ['a malformed state', 'state=short&code=abc', 'state_malformed'],
  ])('touches nothing for %s', async (_what, query, code) => {
    const world = activationWorld();
    expect(await complete(world, query)).toMatchObject({ kind: 'refused', code });
    expect(world.calls).toEqual([]);
  });

  it.each([
    ['an error', `${QUERY}&error=access_denied`, 'authorization_denied'],
    ['a malformed code', QUERY.replace('code=abc', 'code=%00'), 'code_malformed'],
  ])('reads no secret and exchanges nothing for %s', async (_what, query, code) => {
    const world = activationWorld();
    expect(await complete(world, query)).toMatchObject({ kind: 'refused', code });
    expect(world.calls).toEqual(['consume']);
  });

  it('never says "connected" when saving fails', async () => {
    const world = activationWorld({
      save: () => Promise.reject(new ServiceError('dynamodb', new Error('down'))),
    });
    expect(await complete(world)).toMatchObject({
      kind: 'refused',
      code: 'token_not_saved',
      context: { dependency: 'dynamodb', errorName: 'Error' },
    });
  });

  it('says what a later grant of another flow has brought, when its token is the live one', async () => {
    const world = activationWorld({
      save: async () => false,
      storedFingerprint: OTHER,
      trial: 'refused',
      confirmed: ['read_categories'],
    });
    expect(await complete(world)).toMatchObject({
      kind: 'connected',
      code: 'connected_with_missing_scopes',
      context: { missingScopes: ['read_products'] },
    });
    expect(world.calls.slice(-4)).toEqual(['save', 'fingerprint', 'trial', 'confirm']);
  });

  it('does not try the token that another flow has saved already', async () => {
    const world = activationWorld({
      save: async () => false,
      storedFingerprint: OWN,
      confirmed: ['read_products'],
    });
    expect(await complete(world)).toMatchObject({ kind: 'connected', code: 'connected' });
    expect(world.calls.slice(-3)).toEqual(['save', 'fingerprint', 'confirm']);
  });

  it.each([
    ['its token was marked as dead meanwhile', { storedFingerprint: OWN }],
    ['its token and the stored one are dead', { storedFingerprint: OTHER, trial: 'refused' }],
  ] as const)('says that the connection has ended when %s', async (_what, behaviour) => {
    const world = activationWorld({ save: async () => false, ...behaviour });
    expect(await complete(world)).toMatchObject({ kind: 'refused', code: 'token_ended' });
  });

  it('saves a token that works over one that was asked for later', async () => {
    const behaviour = { storedFingerprint: OTHER, trial: 'accepted' } as const;
    const world = activationWorld({ save: async () => false, ...behaviour });
    expect(await complete(world)).toMatchObject({ kind: 'connected', code: 'connected' });
    expect(world.calls.slice(-3)).toEqual(['fingerprint', 'trial', `replace ${OTHER}`]);
  });

  it.each([
    ['a third token has come', { storedFingerprint: OTHER, trial: 'accepted', replace: false }],
    ['the PIM does not say which token works', { storedFingerprint: OTHER, trial: 'unclear' }],
    ['the row is malformed', {}],
  ] as const)(
    'never says "connected" when nothing was written and %s',
    async (_what, behaviour) => {
      const world = activationWorld({ save: async () => false, ...behaviour });
      expect(await complete(world)).toMatchObject({ kind: 'refused', code: 'token_not_saved' });
      expect(world.calls).not.toContain('confirm');
    },
  );

  it('takes the token that was asked for later when the PIM does not say which one works', async () => {
    const saves = [false, true];
    const behaviour = { storedFingerprint: OTHER, trial: 'unclear' } as const;
    const world = activationWorld({ save: async () => saves.shift() ?? false, ...behaviour });
    expect(await complete(world)).toMatchObject({ kind: 'connected' });
    expect(world.calls.slice(-3)).toEqual(['fingerprint', 'trial', 'save']);
  });

  it.each([
    ['a state of another browser', true, 'browser_cookie_missing'],
    ['a state of nobody', false, 'state_unknown'],
  ])('consumes nothing without a cookie, and tells %s as such', async (_what, isKnown, code) => {
    const world = activationWorld({ isKnown });
    const parameters = new URLSearchParams(QUERY);
    const input = { parameters, browserKeys: [], callbackId: undefined, deadline: 0 };
    expect(await completeActivation(input, world.deps)).toMatchObject({ kind: 'refused', code });
    expect(world.calls).toEqual(['find']);
  });

  it('throws what is no outage, so that a defect is not told as one', async () => {
    const world = activationWorld({ save: () => Promise.reject(new TypeError('a defect')) });
    await expect(complete(world)).rejects.toThrow(TypeError);
  });

  it('says so when the PIM refuses the request itself', async () => {
    const world = activationWorld({ exchange: { kind: 'refused' } });
    expect(await complete(world)).toMatchObject({ kind: 'refused', code: 'pim_refused_request' });
  });

  it('tries a rotated secret once, past the cache', async () => {
    const world = activationWorld({ exchange: { kind: 'invalid_client' } });
    expect(await complete(world)).toMatchObject({ code: 'client_credentials_refused' });
    expect(world.calls).toEqual(['consume', 'secret', 'exchange', 'fresh secret', 'exchange']);
  });

  it.each([
    [LATE, 'authorization_restarted', 'pim_refused_code'],
    [LOST, 'authorization_repeated', 'pim_answer_lost'],
  ] as const)('restarts a flow whose code is gone once: %j', async (exchange, restarted, end) => {
    const first = activationWorld({ exchange });
    expect(await complete(first)).toMatchObject({ kind: 'redirect', code: restarted });
    expect(first.calls).toEqual(['consume', 'secret', 'exchange', 'put attempt 2']);
    const second = activationWorld({ exchange, attempt: 2 });
    expect(await complete(second)).toMatchObject({ kind: 'refused', code: end });
    expect(second.calls).toEqual(['consume', 'secret', 'exchange']);
  });

  it.each([
    ['expired', false, 1_000, 'authorization_restarted'],
    ['expired', true, 1_000, 'authorization_restarted'],
    ['not-said', false, 30_000, 'authorization_restarted'],
    ['not-said', true, 30_000, 'authorization_restarted'],
    ['not-said', false, 29_999, 'code_unknown'],
    ['not-said', true, 29_999, 'authorization_repeated'],
    ['unknown-or-used', false, 600_000, 'code_unknown'],
    ['unknown-or-used', true, 600_000, 'authorization_repeated'],
  ] as const)(
    'tells a refused code that is %s (answer lost: %s, after %i ms) as %s',
    async (codeIs, isAnswerLost, consumedAfterMs, code) => {
      const exchange = { kind: 'invalid_grant', codeIs, isAnswerLost } as const;
      expect(await complete(activationWorld({ exchange, consumedAfterMs }))).toMatchObject({
        code,
      });
    },
  );

  it('sends four token requests at most, those with the rotated secret included', async () => {
    const answers = [500, 500, 400, 500, 500, 500].map((status) => ({
      kind: 'answered' as const,
      status,
      body: '{"error":"invalid_client"}',
    }));
    const world = activationWorld();
    let sent = 0;
    const pauses: number[] = [];
    const endpoint = tokenEndpoint({
      now: world.deps.now,
      pause: async (ms) => void pauses.push(ms),
      post: async () => answers[sent++] ?? { kind: 'failed', failure: 'timeout' },
    });
    world.deps.tokenEndpoint.open = (pim) => endpoint.open(pim, world.deps.now() + 12_000);
    expect(await complete(world)).toMatchObject({ code: 'pim_unexpected_answer' });
    expect(world.calls).toEqual(['consume', 'secret', 'fresh secret']);
    expect([sent, pauses]).toEqual([4, [200, 400]]);
  });

  it('takes scopes that no PIM has for an answer that cannot be used', async () => {
    const world = activationWorld({ exchange: { kind: 'malformed-scopes' } });
    expect(await complete(world)).toMatchObject({
      code: 'pim_unexpected_answer',
      context: { failure: 'unexpected-answer', pimStatus: 200 },
    });
  });

  it('spares the encryption when the browser came back at once with the token that is saved', async () => {
    const world = activationWorld({ consumedAfterMs: 900, reopens: true });
    expect(await complete(world)).toMatchObject({ kind: 'connected' });
    expect(world.calls).toEqual(['consume', 'secret', 'exchange', 'reopen']);
  });

  it('saves the token after all when that guess was wrong', async () => {
    const world = activationWorld({ consumedAfterMs: 900, reopens: false });
    expect(await complete(world)).toMatchObject({ kind: 'connected' });
    expect(world.calls).toEqual(['consume', 'secret', 'exchange', 'reopen', 'encrypt', 'save']);
  });
});
