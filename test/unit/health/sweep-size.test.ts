import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DueConnection } from '../../../functions/health/check.ts';
import {
  type ConnectionScanner,
  SEGMENTS,
  type SweepDeps,
  sweepConnections,
} from '../../../functions/health/sweep.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { accessToken } from './support/health-world.ts';

const CONNECTIONS = 10_000;
const MINUTES = 60_000;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** 10,000 PIMs by the hash of their keys, as DynamoDB divides a table into segments. */
function tenThousand(checked: ReadonlySet<string>): ConnectionScanner {
  const segments = Array.from({ length: SEGMENTS }, (): DueConnection[] => []);
  for (let number = 0; number < CONNECTIONS; number += 1) {
    const pim = pimUrl(`https://pim-${number}.example`);
    const hash = createHash('md5').update(pim.toString()).digest().readUInt32BE();
    segments[hash % SEGMENTS]?.push({
      pim,
      clientId: 'client',
      encryptedToken: new Uint8Array(),
      tokenFingerprint: '',
      consecutiveInvalid: 0,
    });
  }
  return {
    async *scan({ index }) {
      for (const connection of segments[index] ?? [])
        if (!checked.has(connection.pim.toString())) yield connection;
    },
  };
}

/** PIMs that take so long, on a clock that runs ahead; what is recorded is remembered from sweep to sweep. */
function slowPims(checkMs: number): SweepDeps {
  const checked = new Set<string>();
  return {
    connections: tenThousand(checked),
    decrypter: { decrypt: () => accessToken('token') },
    prober: {
      probe: async () => {
        await new Promise((resolve) => setTimeout(resolve, checkMs));
        return { kind: 'failed', failure: 'timeout' };
      },
    },
    findings: {
      record: async ({ connection }) => Boolean(checked.add(connection.pim.toString())),
    },
    now: Date.now,
  };
}

/** How long an invocation takes that is stopped after so many milliseconds, and how far it comes. */
async function invocation(deps: SweepDeps, limitMs: number) {
  const [began, stop] = [Date.now(), new AbortController()];
  setTimeout(() => stop.abort(), limitMs);
  const sweep = sweepConnections({ startedAt: began, signal: stop.signal }, deps);
  await vi.advanceTimersByTimeAsync(limitMs + 5_000);
  return sweep;
}

describe('10,000 connections', () => {
  it('are swept over in little more than a minute when a check takes 300 ms', async () => {
    const summary = await invocation(slowPims(300), 1.25 * MINUTES);
    expect(summary).toMatchObject({ isComplete: true, checks: CONNECTIONS });
  });

  it('are swept over in two invocations even if every PIM lets its five seconds run out', async () => {
    const deps = slowPims(5_000);
    const first = await invocation(deps, 14.5 * MINUTES);
    expect(first.isComplete).toBe(false);
    const second = await invocation(deps, 14.5 * MINUTES);
    expect(second.isComplete).toBe(true);
    expect(first.checks + second.checks).toBe(CONNECTIONS);
  });
});
