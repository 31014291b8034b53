import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SimulatedSweeps, type Simulation } from './support/simulated-sweeps.ts';

const ATTEMPTS = 3;

/** Sweeps of the smallest function over PIMs that take 300 ms to answer, unless something else is said. */
function simulated(changes: Partial<Simulation>): SimulatedSweeps {
  return new SimulatedSweeps({
    connections: 100_000,
    everyMs: HOUR,
    pimMs: () => 300,
    memory: 1_024,
    ...changes,
  });
}

describe('a sweep over 100,000 connections', () => {
  it.each([
    ['every PIM takes 300 ms to answer', () => 300],
    ['one PIM in fifty does not answer at all', (pim: number) => (pim % 50 === 0 ? 1e9 : 300)],
  ])('ends within the shortest schedule when %s', async (_, pimMs) => {
    const sweeps = simulated({ pimMs });
    for (const intervalMs of [0, HOUR]) {
      const sweep = await sweeps.next();
      expect(sweep).toMatchObject({ checks: 100_000, left: 0 });
      expect(sweep.invocations).toBeLessThan(ATTEMPTS);
      expect(sweep.durationMs).toBeLessThan(20 * MINUTE);
      expect(sweep.intervalMs).toBeCloseTo(intervalMs, -4);
    }
  });
});

describe('sweeps over 1,000,000 connections', () => {
  it('check those first that have waited longest, and say how far behind they are', async () => {
    const sweeps = simulated({ connections: 1_000_000, everyMs: 6 * HOUR });
    const rhythm: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      const { checks, left, intervalMs } = await sweeps.next();
      rhythm.push(
        `${inThousands(checks)} checked, ${inThousands(left)} left, after ${inHours(intervalMs)}`,
      );
    }
    // The first three meet none that has been checked before. A round is three sweeps and a bit.
    expect(rhythm).toEqual([
      '302k checked, 698k left, after 0 h',
      '302k checked, 698k left, after 0 h',
      '302k checked, 698k left, after 0 h',
      '302k checked, 698k left, after 18 h',
      '302k checked, 698k left, after 24 h',
    ]);
    const oldest = sweeps.checkedAt.reduce((one, other) => Math.min(one, other));
    expect(sweeps.now() - oldest).toBeLessThan(24 * HOUR);
  });
});

function inThousands(connections: number): string {
  return `${Math.round(connections / 1_000)}k`;
}

function inHours(ms: number): string {
  return `${Math.round(ms / HOUR)} h`;
}
