import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectionFailure } from '../../../functions/pim/connection-failure.ts';
import type { PimAnswer } from '../../../functions/pim/send.ts';
import { EXCHANGE_BUDGET, tokenEndpoint } from '../../../functions/pim/token-endpoint.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { tokenRequest } from '../../support/token-request.ts';

/** What a PIM does, and how long it takes over it. */
type Played = PimAnswer & { readonly tookMs?: number };

const answered = (status: number, body = '', retryAfter?: string): Played => ({
  kind: 'answered',
  status,
  body,
  ...(retryAfter !== undefined && { retryAfter }),
});
const unreachable = (connectionFailure: ConnectionFailure): Played => ({
  kind: 'failed',
  failure: 'unreachable',
  connectionFailure,
});
const tooLong = (status: number): Played => ({
  kind: 'failed',
  failure: 'unexpected-answer',
  status,
});
const TIMEOUT: Played = { kind: 'failed', failure: 'timeout', tookMs: 5_000 };
const GRANT = answered(200, '{"access_token":"aToken","token_type":"bearer","scope":"a"}');
const oauth = (error: string, error_description?: string) =>
  answered(400, JSON.stringify({ error, error_description }));

/** One callback on a clock of its own: every request and every pause is counted. */
function callback(play: (index: number) => Played) {
  const startedAt = 1_000_000;
  let time = startedAt;
  const pauses: number[] = [];
  let requests = 0;
  const endpoint = tokenEndpoint({
    now: () => time,
    pause: async (ms) => {
      pauses.push(ms);
      time += ms;
    },
    post: async (_url, _form, timeoutMs) => {
      const { tookMs = 0, ...answer } = play(requests);
      requests += 1;
      time += Math.min(tookMs, timeoutMs);
      return tookMs > timeoutMs ? { kind: 'failed', failure: 'timeout' } : answer;
    },
  });
  const ask = endpoint.open(pimUrl('https://pim.example'), startedAt + EXCHANGE_BUDGET.totalMs);
  return {
    exchange: () => ask(tokenRequest()),
    spent: () => ({ requests, pauses, ms: time - startedAt }),
  };
}

async function spentOn(played: Played) {
  const { exchange, spent } = callback(() => played);
  return { outcome: await exchange(), ...spent() };
}

describe('one callback', () => {
  it.each<[string, Played]>([
    ['a name that does not exist', unreachable('name-not-found')],
    ['a self-signed certificate', unreachable('certificate-self-signed')],
    ['a certificate of an unknown issuer', unreachable('certificate-unknown-issuer')],
    ['an expired certificate', unreachable('certificate-expired')],
    ['a certificate for another host', unreachable('certificate-wrong-host')],
    ['an unknown TLS version', unreachable('tls-protocol')],
    ['a redirect', answered(302)],
    ['a permanent redirect', answered(308)],
    ['a 400 that is no OAuth error', answered(400, '<html>')],
    ['a login', answered(401)],
    ['a firewall', answered(403)],
    ['a 404', answered(404)],
    ['a 404 that asks for patience', answered(404, '', '1')],
    ['a 404 without end', tooLong(404)],
    ['a 418', answered(418)],
    [
      'scopes that no PIM has',
      answered(200, '{"access_token":"a","token_type":"bearer","scope":"é"}'),
    ],
    ['an unknown code', oauth('invalid_grant', 'Code is not valid')],
    ['wrong credentials', oauth('invalid_client')],
    ['another OAuth error', oauth('unsupported_grant_type')],
  ])('asks once and waits for nothing after %s', async (_case, played) => {
    expect(await spentOn(played)).toMatchObject({ requests: 1, pauses: [], ms: 0 });
  });

  it.each<[string, Played]>([
    ['a reset', unreachable('connection-reset')],
    ['a name server that is busy', unreachable('name-lookup-failed')],
    ['a failure nobody knows', unreachable('other')],
    ['a 408', answered(408)],
    ['a 429', answered(429)],
    ['a 500', answered(500)],
    ['a 599', answered(599)],
    ['truncated JSON', answered(200, '{"access_token":')],
    ['a page', answered(200, '<html>')],
    ['an answer without end', tooLong(200)],
  ])('asks four times at most after %s, with pauses of 1.4 s in all', async (_case, played) => {
    expect(await spentOn(played)).toMatchObject({
      outcome: { kind: 'failed' },
      requests: 4,
      pauses: [200, 400, 800],
    });
  });

  it('repeats a refused connection twice', async () => {
    expect(await spentOn(unreachable('connection-refused'))).toMatchObject({
      requests: 3,
      pauses: [200, 400],
    });
  });

  it('is held by a slow PIM for its 12 s and no longer', async () => {
    const { requests, ms } = await spentOn(TIMEOUT);
    expect({ requests, ms }).toEqual({ requests: 3, ms: 12_000 });
  });

  it.each([
    ['1', [1_000, 200, 400]],
    ['3', [3_000, 200, 400]],
    ['0', [200, 400, 800]],
  ])('waits once as Retry-After: %s asks', async (retryAfter, pauses) => {
    const patient = [answered(429, '', retryAfter)];
    const { exchange, spent } = callback((index) => patient[index] ?? answered(503));
    await exchange();
    expect(spent()).toMatchObject({ requests: 4, pauses });
  });

  it.each(['4', '3600', 'Fri, 01 Jan 2100 00:00:00 GMT'])(
    'ends at once when Retry-After asks for %s',
    async (retryAfter) => {
      expect(await spentOn(answered(503, '', retryAfter))).toMatchObject({
        outcome: { kind: 'failed', failure: 'unexpected-answer', status: 503 },
        requests: 1,
        pauses: [],
      });
    },
  );

  it('ends when a PIM asks for patience a second time', async () => {
    expect(await spentOn(answered(429, '', '2'))).toMatchObject({ requests: 2, pauses: [2_000] });
  });

  it('shares four requests among the exchanges of a rotated secret', async () => {
    const answers = [answered(500), answered(500), oauth('invalid_client')];
    const { exchange, spent } = callback((index) => answers[index] ?? answered(500));
    expect(await exchange()).toEqual({ kind: 'invalid_client' });
    expect(await exchange()).toMatchObject({ kind: 'failed', status: 500 });
    expect(spent()).toMatchObject({ requests: 4, pauses: [200, 400] });
  });

  // The refusal was forgotten for the failure before it: the page and the alarm spoke of the PIM, not of the credentials.
  it('asks nothing more when the first exchange has used the requests up, and keeps the refusal', async () => {
    const answers = [answered(500), answered(503), answered(500), oauth('invalid_client')];
    const { exchange, spent } = callback((index) => answers[index] ?? GRANT);
    expect(await exchange()).toEqual({ kind: 'invalid_client' });
    expect(await exchange()).toEqual({ kind: 'invalid_client' });
    expect(spent().requests).toBe(4);
  });

  it('keeps its bounds whatever a PIM answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(played, { minLength: 8, maxLength: 8 }), async (answers) => {
        const { exchange, spent } = callback((index) => answers[index] ?? GRANT);
        const first = await exchange();
        if (first.kind === 'invalid_client') await exchange();
        const { requests, pauses, ms } = spent();
        const asked = answers.slice(0, requests);
        const slowMs = asked.reduce((sum, { tookMs = 0 }) => sum + Math.min(tookMs, 5_000), 0);
        const own = pauses.filter((pauseMs) => [200, 400, 800].includes(pauseMs));
        expect(requests).toBeLessThanOrEqual(4);
        expect(pauses.length - own.length).toBeLessThanOrEqual(1);
        expect(own.reduce((sum, pauseMs) => sum + pauseMs, 0)).toBeLessThanOrEqual(1_500);
        expect(Math.max(0, ...pauses)).toBeLessThanOrEqual(3_000);
        expect(ms).toBeLessThanOrEqual(EXCHANGE_BUDGET.totalMs);
        expect(ms).toBeLessThanOrEqual(slowMs + 1_500 + 3_000);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2_000) },
    );
  });
});

describe('a refused code', () => {
  const refused = oauth('invalid_grant', 'Code is not valid');

  it.each<[string, Played, boolean]>([
    ['a 500', answered(500), true],
    ['a time-out', TIMEOUT, true],
    ['a reset', unreachable('connection-reset'), true],
    ['truncated JSON', answered(200, '{"acc'), true],
    ['a 429', answered(429), false],
    ['a 408', answered(408), false],
    ['a refused connection', unreachable('connection-refused'), false],
    ['a busy name server', unreachable('name-lookup-failed'), false],
    [
      'a connection that never came about',
      { ...TIMEOUT, connectionFailure: 'connection-timed-out' },
      false,
    ],
  ])('may have been used up after %s: see the last column', async (_case, before, isAnswerLost) => {
    const { exchange } = callback((index) => (index === 0 ? before : refused));
    expect(await exchange()).toEqual({
      kind: 'invalid_grant',
      codeIs: 'unknown-or-used',
      isAnswerLost,
    });
  });

  it('may have been used up in the exchange with the earlier secret', async () => {
    const answers = [answered(500), oauth('invalid_client')];
    const { exchange } = callback((index) => answers[index] ?? refused);
    await exchange();
    expect(await exchange()).toMatchObject({ kind: 'invalid_grant', isAnswerLost: true });
  });
});

const FAILURES: readonly ConnectionFailure[] = [
  'name-not-found',
  'name-lookup-failed',
  'connection-refused',
  'connection-reset',
  'certificate-expired',
  'other',
];
const retryAfter = fc.option(
  fc.oneof(fc.integer({ min: 0, max: 10 }).map(String), fc.string({ maxLength: 8 })),
  { nil: undefined },
);
const status = fc.oneof(
  fc.constantFrom(200, 302, 400, 404, 408, 429, 500, 503),
  fc.integer({ min: 100, max: 999 }),
);
const body = fc.constantFrom('', '{', '<html>', '{"error":"invalid_client"}', '{"error":"x"}');
const tookMs = fc.constantFrom(0, 0, 10, 4_000, 5_000, 60_000);
const played: fc.Arbitrary<Played> = fc
  .tuple(
    fc.oneof(
      fc.tuple(status, body, retryAfter).map((answer) => answered(...answer)),
      fc.constantFrom(...FAILURES).map(unreachable),
      status.map(tooLong),
      fc.constant(TIMEOUT),
    ),
    tookMs,
  )
  .map(([answer, ms]) => ({ ...answer, tookMs: answer === TIMEOUT ? 5_000 : ms }));
