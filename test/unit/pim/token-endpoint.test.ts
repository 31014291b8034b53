import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { TokenOutcome } from '../../../functions/pim/oauth.ts';
import { tokenEndpoint } from '../../../functions/pim/token-endpoint.ts';
import { type Answer, closedPort, httpServer, type TestServer } from '../../support/http-server.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { tokenRequest } from '../../support/token-request.ts';

const BUDGET = { totalMs: 5_000, attemptMs: 2_000, pauseMs: 1 };
/** Far beyond any budget here, and far below never. */
const LONG = 5_000;
const GRANT = '{"access_token":"aToken","token_type":"bearer","scope":"read_products"}';

const json = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

async function exchange(url: string, budget = BUDGET): Promise<TokenOutcome> {
  const pim = pimUrl(url);
  const deadline = Date.now() + budget.totalMs;
  return tokenEndpoint(Date.now, budget).exchange(pim, tokenRequest(), deadline);
}

/** Answers as given, one after the other, then grants. */
async function pimThatAnswers(...answers: Answer[]): Promise<TestServer> {
  return httpServer((response, request, index) => {
    const answer = answers[index];
    if (answer) answer(response, request, index);
    else json(response, 200, GRANT);
  });
}

describe('tokenEndpoint', () => {
  it.each([
    ['', '/connect/apps/v1/oauth2/token'],
    ['/tenant', '/tenant/connect/apps/v1/oauth2/token'],
  ])('posts to the token endpoint of the PIM under "%s"', async (path, target) => {
    const pim = await pimThatAnswers();
    expect(await exchange(pim.url + path)).toMatchObject({
      kind: 'granted',
      scopes: ['read_products'],
    });
    expect(pim.received).toMatchObject([{ method: 'POST', path: target }]);
    expect(pim.received[0]?.body).toContain('client_id=the-client&code_identifier=identifier&');
  });

  it('tells when the granting attempt was sent, however late its answer came', async () => {
    let time = 1_000;
    const pim = await pimThatAnswers(
      (response) => json(response, 503, ''),
      (response) => {
        time = 9_000;
        json(response, 200, GRANT);
      },
    );
    const endpoint = tokenEndpoint(() => time++, BUDGET);
    const outcome = await endpoint.exchange(pimUrl(pim.url), tokenRequest(), 60_000);
    expect(outcome).toMatchObject({ kind: 'granted', tokenRequestedAt: expect.any(Number) });
    expect(outcome.kind === 'granted' && outcome.tokenRequestedAt).toBeLessThan(1_010);
    expect(outcome.kind === 'granted' && outcome.tokenRequestedAt).toBeGreaterThan(1_000);
  });

  it.each<[string, Answer]>([
    ['a reset', (response) => response.socket?.resetAndDestroy()],
    [
      'an answer that breaks off',
      (response) => response.writeHead(200).write('{', () => response.destroy()),
    ],
    ['a 500', (response) => json(response, 500, '{"code":500}')],
    ['a 503', (response) => json(response, 503, '')],
    ['a 429', (response) => json(response, 429, '{"code":429}')],
    ['a page', (response) => json(response, 200, '<html>')],
    ['JSON of another kind', (response) => json(response, 200, '{"token":"x"}')],
    ['more than 64 KiB', (response) => json(response, 200, ' '.repeat(70_000))],
    ['a redirect', (response) => response.writeHead(302, { location: '/login' }).end()],
  ])('tries again after %s, with the same request', async (_case, failure) => {
    const pim = await pimThatAnswers(failure, failure);
    expect(await exchange(pim.url)).toMatchObject({ kind: 'granted' });
    expect(pim.received).toHaveLength(3);
    expect(new Set(pim.received.map(({ body }) => body)).size).toBe(1);
  });

  it('tries again after a slow attempt', async () => {
    const pim = await pimThatAnswers(() => undefined);
    expect(await exchange(pim.url, { ...BUDGET, attemptMs: 300 })).toMatchObject({
      kind: 'granted',
    });
    expect(pim.received).toHaveLength(2);
  });

  it.each([
    ['invalid_client', 'invalid_client'],
    ['invalid_grant', 'invalid_grant'],
    ['unsupported_grant_type', 'refused'],
  ])('asks once when the answer is %s', async (error, kind) => {
    const pim = await pimThatAnswers((response) => json(response, 400, JSON.stringify({ error })));
    expect(await exchange(pim.url)).toEqual({ kind });
    expect(pim.received).toHaveLength(1);
  });

  it('gives up on a PIM that keeps failing, inside the budget, with its last status', async () => {
    const pim = await httpServer((response) => json(response, 503, ''));
    const startedAt = performance.now();
    const outcome = await exchange(pim.url, { totalMs: 600, attemptMs: 400, pauseMs: 10 });
    expect(performance.now() - startedAt).toBeLessThan(LONG);
    expect(outcome).toEqual({
      kind: 'transient-failure',
      failure: 'unexpected-answer',
      status: 503,
    });
    expect(pim.received.length).toBeGreaterThan(1);
  });

  // A PIM that answers 503 was reported as too slow, because the last attempt had only moments.
  it('tells what the PIM did before the attempt that its own deadline cut short', async () => {
    const pim = await pimThatAnswers(
      (response) => json(response, 503, ''),
      () => undefined,
    );
    const outcome = await exchange(pim.url, { totalMs: 600, attemptMs: LONG, pauseMs: 1 });
    expect(outcome).toEqual({
      kind: 'transient-failure',
      failure: 'unexpected-answer',
      status: 503,
    });
    expect(pim.received).toHaveLength(2);
  });

  it('gives up on a PIM that never answers, inside the budget, as a timeout', async () => {
    const pim = await httpServer(() => undefined);
    const startedAt = performance.now();
    const outcome = await exchange(pim.url, { totalMs: 600, attemptMs: 200, pauseMs: 1 });
    expect(performance.now() - startedAt).toBeLessThan(LONG);
    expect(outcome).toEqual({ kind: 'transient-failure', failure: 'timeout' });
    expect(pim.received.length).toBeGreaterThan(1);
  });

  it('calls a PIM unreachable whose port stays closed', async () => {
    const outcome = await exchange(await closedPort(), {
      totalMs: 100,
      attemptMs: 100,
      pauseMs: 10,
    });
    expect(outcome).toEqual({ kind: 'transient-failure', failure: 'unreachable' });
  });

  it('doubles the pause between attempts', async () => {
    const pim = await httpServer((response) => json(response, 500, ''));
    await exchange(pim.url, { totalMs: 400, attemptMs: 300, pauseMs: 50 });
    // Eight without doubling; a busy machine may miss the last of the three.
    expect([2, 3]).toContain(pim.received.length);
  });

  it('sends nothing when no time is left', async () => {
    const pim = await pimThatAnswers();
    expect(await exchange(pim.url, { ...BUDGET, totalMs: 10 })).toEqual({
      kind: 'transient-failure',
      failure: 'timeout',
    });
    expect(pim.received).toEqual([]);
  });
});
