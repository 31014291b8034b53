import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pimProber } from '../../../functions/health/pim-prober.ts';
import { type Sweep, sweepConnections } from '../../../functions/health/sweep.ts';
import { httpServer } from '../../support/http-server.ts';
import { healthWorld } from './support/health-world.ts';

const SYSTEM_INFORMATION = JSON.stringify({ version: '7.0.4', edition: 'CE' });
/** Long enough for every other worker to come by. */
const ANSWER_MS = 5;
/** PIMs that answer only once so many of them are called. */
const TOGETHER = 10;

/** More in `npm run test:fuzz`. */
const RUNS = process.env['FUZZ_RUNS'] === undefined ? 3 : 50;

/** Counts who is inside at the same moment. */
class Crowd {
  #inside = 0;
  most = 0;
  entered = 0;

  enter(): void {
    this.entered += 1;
    this.#inside += 1;
    this.most = Math.max(this.most, this.#inside);
  }

  leave(): void {
    this.#inside -= 1;
  }
}

/** A PIM that takes any token, and takes its time. */
async function crowdedPim(everywhere: Crowd): Promise<{ url: string; crowd: Crowd }> {
  const crowd = new Crowd();
  const { url } = await httpServer((response) => {
    crowd.enter();
    everywhere.enter();
    setTimeout(() => {
      crowd.leave();
      everywhere.leave();
      response.end(SYSTEM_INFORMATION);
    }, ANSWER_MS);
  });
  return { url, crowd };
}

/** Sweeps over PIMs with so many connections each. */
async function sweepOver(connectionCounts: readonly number[], sweep: Partial<Sweep>) {
  const world = await healthWorld();
  const everywhere = new Crowd();
  const pims = await Promise.all(connectionCounts.map(() => crowdedPim(everywhere)));
  for (const [index, { url }] of pims.entries())
    for (let left = connectionCounts[index] ?? 0; left > 0; left -= 1)
      await world.connect(url, { clientId: `client-${left}` });
  const summary = await sweepConnections({ startedAt: Date.now(), ...sweep }, world.deps);
  return { pims, everywhere, summary };
}

describe('a sweep', () => {
  it('checks every connection once and no PIM twice at once', async () => {
    const counts = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 32 }), async (counted, segments) => {
        const { pims, everywhere, summary } = await sweepOver(counted, { segments });
        expect(pims.map(({ crowd }) => crowd.entered)).toEqual(counted);
        expect(pims.map(({ crowd }) => crowd.most)).toEqual(counted.map(() => 1));
        expect(everywhere.most).toBeLessThanOrEqual(segments);
        expect(summary).toMatchObject({ isComplete: true, checks: everywhere.entered });
      }),
      { numRuns: RUNS },
    );
  });

  it('calls many PIMs at once', async () => {
    const world = await healthWorld({ prober: pimProber() });
    const waiting: (() => void)[] = [];
    for (let number = 0; number < 4 * TOGETHER; number += 1) {
      const { url } = await httpServer((response) => {
        waiting.push(() => response.end(SYSTEM_INFORMATION));
        if (waiting.length >= TOGETHER) for (const answer of waiting) answer();
      });
      await world.connect(url);
    }
    const summary = await sweepConnections({ startedAt: Date.now() }, world.deps);
    expect(summary.byHealth.connected).toBe(4 * TOGETHER);
  });
});
