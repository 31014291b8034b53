import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { EXCHANGE_BUDGET, tokenEndpoint } from '../../../functions/pim/token-endpoint.ts';
import { type Answer, closedPort, httpServer, type TestServer } from '../../support/http-server.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { tokenRequest } from '../../support/token-request.ts';

/** Far beyond any budget here, and far below never. */
const LONG = 5_000;
const BUDGET = { ...EXCHANGE_BUDGET, totalMs: LONG, attemptMs: 2_000, pausesMs: [1, 2, 4] };
const GRANT = '{"access_token":"aToken","token_type":"bearer","scope":"read_products"}';

const json = (response: ServerResponse, status: number, body: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

function exchange(url: string, budget = BUDGET) {
  const endpoint = tokenEndpoint({ budget });
  return endpoint.open(pimUrl(url), Date.now() + budget.totalMs)(tokenRequest());
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
    const endpoint = tokenEndpoint({ now: () => time++, budget: BUDGET });
    const outcome = await endpoint.open(pimUrl(pim.url), 60_000)(tokenRequest());
    expect(outcome).toMatchObject({ kind: 'granted', tokenRequestedAt: expect.any(Number) });
    expect(outcome.kind === 'granted' && outcome.tokenRequestedAt).toBeLessThan(1_020);
    expect(outcome.kind === 'granted' && outcome.tokenRequestedAt).toBeGreaterThan(1_000);
  });

  it.each<[string, Answer]>([
    ['a reset', (response) => response.socket?.resetAndDestroy()],
    [
      'an answer that breaks off',
      (response) => response.writeHead(200).write('{', () => response.destroy()),
    ],
    ['more than 64 KiB', (response) => json(response, 200, ' '.repeat(70_000))],
    ['a 503', (response) => json(response, 503, '')],
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

  // A PIM that answers 503 was reported as too slow, because the last attempt had only moments.
  it('tells what the PIM did before the attempt that its own deadline cut short', async () => {
    const pim = await pimThatAnswers(
      (response) => json(response, 503, ''),
      () => undefined,
    );
    const outcome = await exchange(pim.url, { ...BUDGET, totalMs: 600, attemptMs: LONG });
    expect(outcome).toEqual({ kind: 'failed', failure: 'unexpected-answer', status: 503 });
    expect(pim.received).toHaveLength(2);
  });

  it('gives up on a PIM that never answers, inside the budget, as a timeout', async () => {
    const pim = await httpServer(() => undefined);
    const startedAt = performance.now();
    const outcome = await exchange(pim.url, { ...BUDGET, totalMs: 600, attemptMs: 200 });
    expect(performance.now() - startedAt).toBeLessThan(LONG);
    expect(outcome).toEqual({ kind: 'failed', failure: 'timeout' });
    expect(pim.received.length).toBeGreaterThan(1);
  });

  it('calls a PIM unreachable whose port stays closed, and says why', async () => {
    expect(await exchange(await closedPort())).toEqual({
      kind: 'failed',
      failure: 'unreachable',
      connectionFailure: 'connection-refused',
    });
  });

  it('sends nothing when no time is left', async () => {
    const pim = await pimThatAnswers();
    expect(await exchange(pim.url, { ...BUDGET, totalMs: 10 })).toEqual({
      kind: 'failed',
      failure: 'timeout',
    });
    expect(pim.received).toEqual([]);
  });
});
