import { createPublicKey } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomText } from '../../functions/activation/flow.ts';
import { loginEndpoint } from '../../functions/http/login-endpoint.ts';
import { seal, waitingPlace } from '../../functions/login/seal.ts';
import { IdToken } from '../../functions/pim/credentials.ts';
import { verifyIdToken } from '../../functions/pim/id-token.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { signedToken, twoKeyPairs } from '../support/id-tokens.ts';
import { pimUrl } from '../support/pim-url.ts';
import { RUNS } from './runs.ts';

const PIM = pimUrl('https://my.pim.example');
const NOW = Date.parse('2026-11-30T12:00:00Z');
const POLICY = { dangerouslyAllowHttpOnLoopback: false };
const CONTEXT = { awsRequestId: 'i', getRemainingTimeInMillis: () => 15_000 };
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));

const QUESTION = {
  pim_url: PIM.toString(),
  state: 'state',
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
};
const NAMES = Object.keys(QUESTION);

/** A question of an App, with up to two parameters changed, added or left out. */
const questions = fc
  .array(
    fc.record({
      at: fc.nat({ max: NAMES.length }),
      isKept: fc.boolean(),
      more: fc.option(
        fc.tuple(
          fc.oneof(fc.constantFrom(...NAMES), anyText),
          fc.oneof(fc.constantFrom(...Object.values(QUESTION)), anyText),
        ),
        { nil: undefined },
      ),
    }),
    { maxLength: 2 },
  )
  .map((changes) => {
    const pairs = Object.entries(QUESTION);
    for (const { at, isKept, more } of changes)
      pairs.splice(at, isKept ? 0 : 1, ...(more ? [more] : []));
    return new URLSearchParams(pairs).toString();
  });

/** `/login` on memory, where a login waits for a browser. */
function world() {
  const key = 'K'.repeat(43);
  const place = waitingPlace(key, PIM.toString());
  const login = { pim: PIM.toString(), clientId: 'client', sub: 'person' };
  const sealed = seal({ login, redirectUrl: 'https://app.example.com/done' }, place);
  const seen = { isTaken: false, line: '' };
  const registration = {
    clientId: 'client',
    scopes: parseScope('openid'),
    redirectUrl: 'https://app.example.com/done',
  };
  const endpoint = loginEndpoint({
    stack: 's',
    now: () => NOW,
    random: randomText,
    pimUrlPolicy: POLICY,
    pims: { find: async (pim) => (pim.toString() === PIM.toString() ? registration : undefined) },
    take: async (id) => {
      seen.isTaken ||= id === place.id;
      return id === place.id ? sealed : undefined;
    },
    put: async () => undefined,
    log: (line) => {
      seen.line = line;
    },
  });
  const cookie = `__Host-akeneo-app-browser-${key.slice(0, 8)}=${key}`;
  return { endpoint, cookie, seen };
}

describe(`${RUNS} questions of an App`, () => {
  it('take a login by exactly four parameters, and lead to no other address', async () => {
    const { endpoint, cookie, seen } = world();
    await fc.assert(
      fc.asyncProperty(questions, async (query) => {
        Object.assign(seen, { isTaken: false, line: '' });
        const event = {
          rawPath: '/login',
          rawQueryString: query,
          cookies: [cookie],
          headers: {},
          requestContext: { requestId: 'r' },
        };
        // The parts of the event that the endpoint reads.
        const response = await endpoint(event as unknown as APIGatewayProxyEventV2, CONTEXT);

        expect(seen.line).not.toContain('internal_error');
        const { state, ...rest } = Object.fromEntries(new URLSearchParams(query));
        const isQuestion =
          [...new URLSearchParams(query).keys()].toSorted().join() === [...NAMES].sort().join();
        const isTakeable =
          isQuestion &&
          /^[\x21-\x7e]+$/.test(state ?? '') &&
          /^[\w-]{43}$/.test(rest['code_challenge'] ?? '') &&
          rest['code_challenge_method'] === 'S256' &&
          rest['pim_url'] === PIM.toString();
        expect(seen.isTaken).toBe(isTakeable);
        const location = String(response.headers?.['location'] ?? '');
        expect(location === '' || location.startsWith('https://app.example.com/done?')).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});

describe(`${RUNS} id tokens`, () => {
  it('that were changed anywhere name nobody, or the same person', async () => {
    const [keys] = await twoKeyPairs();
    const key = createPublicKey(keys.publicKey);
    const claims = {
      iss: PIM.toString(),
      sub: 'person',
      aud: 'client',
      iat: NOW / 1000,
      exp: NOW / 1000 + 3600,
      firstname: 'Julia',
    };
    const token = signedToken({ claims }, keys);
    const expected = { pim: PIM, clientId: 'client', pimUrlPolicy: POLICY, now: NOW };
    const changes = fc.tuple(fc.nat({ max: token.length }), fc.nat({ max: 3 }), anyText);
    fc.assert(
      fc.property(changes, ([at, length, text]) => {
        const changed = token.slice(0, at) + text + token.slice(at + length);
        const verified = verifyIdToken(IdToken.of(changed), key, expected);
        if (typeof verified === 'string') return;
        expect(verified).toEqual({ sub: 'person', givenName: 'Julia' });
        expect(changed.slice(0, changed.lastIndexOf('.'))).toBe(
          token.slice(0, token.lastIndexOf('.')),
        );
      }),
      { numRuns: RUNS },
    );
  });
});
