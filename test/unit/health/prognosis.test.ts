import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEALTHS, type Health, isAlive, isDead } from '../../../functions/health/health.ts';
import { prognosis } from '../../../functions/health/prognosis.ts';

/** The statuses that a series of sweeps gives, one after the other. */
function marks(findings: readonly Health[]): (string | undefined)[] {
  let sightings = 0;
  return findings.map((health) => {
    const next = prognosis(health, sightings);
    sightings = next.consecutiveInvalid;
    return next.mark;
  });
}

describe('the prognosis', () => {
  it('marks a dead token at the second sighting, by what was seen last', () => {
    expect(marks(['disconnected', 'disconnected'])).toEqual([undefined, 'disconnected']);
    expect(marks(['replaced', 'disconnected'])).toEqual([undefined, 'disconnected']);
    expect(marks(['disconnected', 'replaced'])).toEqual([undefined, 'replaced']);
  });

  it('counts from the start after the PIM has taken the token', () => {
    expect(marks(['replaced', 'connected', 'replaced'])).toEqual([undefined, undefined, undefined]);
    expect(marks(['replaced', 'forbidden', 'replaced'])).toEqual([undefined, undefined, undefined]);
  });

  it('neither counts nor forgets while the PIM cannot be asked', () => {
    const findings: Health[] = ['disconnected', 'unreachable', 'not-a-pim', 'disconnected'];
    expect(marks(findings).at(-1)).toBe('disconnected');
    expect(marks(['unreachable', 'unreachable', 'unreachable'])).not.toContain('disconnected');
  });

  it('marks only what was seen dead twice since it was last alive', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...HEALTHS), { maxLength: 12 }), (findings) => {
        const deadSinceAlive = findings.slice(findings.findLastIndex(isAlive) + 1).filter(isDead);
        const isMarked = marks(findings).at(-1) !== undefined;
        const last = findings.at(-1);
        expect(isMarked).toBe(last !== undefined && isDead(last) && deadSinceAlive.length >= 2);
      }),
    );
  });
});
