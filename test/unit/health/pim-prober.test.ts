import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { classify, type Health } from '../../../functions/health/health.ts';
import {
  LONGEST_RETRY_DELAY_MS,
  pimProber,
  retryDelayMs,
} from '../../../functions/health/pim-prober.ts';
import { type FaultKind, type SimulatedPim, startSimulatedPim } from '../../../simulator/index.ts';
import { marked, marksIn } from '../../support/canary.ts';
import { closedPort, httpServer } from '../../support/http-server.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { accessToken } from './support/health-world.ts';

async function simulatedPim(): Promise<SimulatedPim> {
  const pim = await startSimulatedPim();
  onTestFinished(() => pim.close());
  return pim;
}

/** Asks with a token that can be looked for; the pauses that were asked for are kept. */
async function ask(url: string, timeoutMs = 2_000) {
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  const secret = marked('token', 86);
  const prober = pimProber({ timeoutMs, pause });
  const answer = await prober.probe(pimUrl(url), accessToken(secret));
  expect(marksIn(JSON.stringify(answer))).toEqual([]);
  return { answer, health: classify(answer), pauses, secret };
}

describe('the PIM prober', () => {
  it('asks for the system information with the token in the header alone', async () => {
    const body = JSON.stringify({ version: '7.0.4', edition: 'CE' });
    const pim = await httpServer((response) => response.end(body));
    const { health, secret } = await ask(`${pim.url}/pim`);
    expect(health).toBe('connected');
    const [request] = pim.received;
    expect(request).toMatchObject({ method: 'GET', path: '/pim/api/rest/v1/system-information' });
    expect(request?.headers).toMatchObject({
      authorization: `Bearer ${secret}`,
      accept: 'application/json',
    });
    expect(request?.headers['cookie']).toBeUndefined();
  });

  it('finds a token that the PIM does not know', async () => {
    const pim = await simulatedPim();
    expect((await ask(pim.url)).health).toBe('replaced');
  });

  it.each<[string, FaultKind, Health]>([
    ['resets the connection', { kind: 'reset' }, 'unreachable'],
    ['fails', { kind: 'status', status: 502 }, 'unreachable'],
    ['answers with a login page', { kind: 'html' }, 'not-a-pim'],
    ['answers without end', { kind: 'huge-body' }, 'not-a-pim'],
    ['breaks its JSON off', { kind: 'wrong-json' }, 'not-a-pim'],
    ['is not there any more', { kind: 'status', status: 404 }, 'not-a-pim'],
  ])('survives a PIM that %s', async (_, fault, health) => {
    const pim = await simulatedPim();
    pim.orderFault({ at: 'api', ...fault });
    expect((await ask(pim.url)).health).toBe(health);
    expect(pim.requests).toHaveLength(1);
  });

  it('gives a slow PIM up', async () => {
    const pim = await simulatedPim();
    pim.orderFault({ at: 'api', kind: 'slow', ms: 60_000 });
    const { answer, health } = await ask(pim.url, 100);
    expect(answer).toEqual({ kind: 'failed', failure: 'timeout' });
    expect(health).toBe('unreachable');
  });

  it('finds nobody', async () => {
    expect((await ask(await closedPort())).health).toBe('unreachable');
  });

  it('follows no redirect, which could carry the token elsewhere', async () => {
    const elsewhere = await httpServer((response) => response.end());
    const pim = await httpServer((response) => {
      response.writeHead(302, { location: elsewhere.url }).end();
    });
    expect((await ask(pim.url)).health).toBe('not-a-pim');
    expect(elsewhere.received).toEqual([]);
  });

  it('asks a throttling PIM once more, after the pause that it wants', async () => {
    const pim = await simulatedPim();
    pim.orderFault({ at: 'api', kind: 'status', status: 429, retryAfter: '2' });
    const { health, pauses } = await ask(pim.url);
    expect({ health, pauses }).toEqual({ health: 'replaced', pauses: [2_000] });
  });

  it('leaves a PIM alone that goes on throttling', async () => {
    const pim = await simulatedPim();
    pim.orderFault({ at: 'api', kind: 'status', status: 429, times: 5 });
    expect((await ask(pim.url)).health).toBe('unreachable');
    expect(pim.requests).toHaveLength(2);
  });

  it('does not wait for a PIM that wants to be left alone for long', async () => {
    const pim = await simulatedPim();
    pim.orderFault({ at: 'api', kind: 'status', status: 429, retryAfter: '3600' });
    const { health, pauses } = await ask(pim.url);
    expect({ health, pauses }).toEqual({ health: 'unreachable', pauses: [] });
    expect(pim.requests).toHaveLength(1);
  });
});

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

describe('the retry delay after 429', () => {
  it.each([
    ['seconds', '2', 2_000],
    ['an HTTP date', 'Sun, 01 Mar 2026 12:00:03 GMT', 3_000],
    ['nothing', undefined, 1_000],
    ['nonsense', 'soon', 1_000],
    ['a date without its zone', '2026-03-01T12:00:03', 1_000],
    ['a minute, for which no sweep waits', '60', undefined],
  ])('follows %s', (_, header, delayMs) => {
    expect(retryDelayMs(header, NOW)).toBe(delayMs);
  });

  // The second call went out in the same millisecond, to a PIM that had just said “too many requests”.
  it.each([
    ['no delay', '0'],
    ['a date in the past', 'Sun, 01 Mar 2026 11:00:00 GMT'],
  ])('is a second even if the PIM asks for %s', (_, header) => {
    expect(retryDelayMs(header, NOW)).toBe(1_000);
  });

  it('is never long, whatever the header', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String)), (header) => {
        const delayMs = retryDelayMs(header, NOW) ?? LONGEST_RETRY_DELAY_MS;
        expect(delayMs).toBeGreaterThanOrEqual(1_000);
        expect(delayMs).toBeLessThanOrEqual(LONGEST_RETRY_DELAY_MS);
      }),
    );
  });
});
