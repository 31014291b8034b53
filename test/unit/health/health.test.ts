import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classify,
  HEALTHS,
  type Health,
  isAlive,
  isDead,
  nextStatus,
} from '../../../functions/health/health.ts';
import type { PimAnswer } from '../../../functions/pim/send.ts';

const INVALID = 'The access token provided is invalid.';
const DISCONNECTED = `${INVALID} Your app has been disconnected from that PIM.`;

const answered = (status: number, body: unknown): PimAnswer => ({
  kind: 'answered',
  status,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const refusal = (code: number, message: string) => answered(code, { code, message });

const CASES: readonly (readonly [string, PimAnswer, Health])[] = [
  ['its version', answered(200, { version: 'v20260112013744', edition: 'Serenity' }), 'connected'],
  ['its version of old', answered(200, { version: '7.0.4', edition: 'ce' }), 'connected'],
  ['that the App was disconnected', refusal(401, DISCONNECTED), 'disconnected'],
  ['that it does not know the token', refusal(401, INVALID), 'replaced'],
  [
    'that the role is too small',
    refusal(403, 'You are not allowed to access the web API.'),
    'forbidden',
  ],
  ['that there were too many calls', refusal(429, 'You have exceeded the limit.'), 'unreachable'],
  ['a failure of the server', answered(500, '<html>'), 'unreachable'],
  ['a failure of its gateway', answered(503, { code: 503 }), 'unreachable'],
  ['that we were too slow', answered(408, ''), 'unreachable'],
  ['that no token arrived', refusal(401, 'Authentication is required'), 'not-a-pim'],
  ['a proxy’s 401', answered(401, '<html>401</html>'), 'not-a-pim'],
  ['a firewall’s 403', answered(403, '<html>403</html>'), 'not-a-pim'],
  ['a login page', answered(200, '<!doctype html><form>'), 'not-a-pim'],
  ['JSON of something else', answered(200, { status: 'ok' }), 'not-a-pim'],
  ['JSON that is no object', answered(200, ['version', 'edition']), 'not-a-pim'],
  ['JSON null', answered(200, 'null'), 'not-a-pim'],
  ['JSON that breaks off', answered(200, '{"version":"7.0"'), 'not-a-pim'],
  ['nothing', answered(204, ''), 'not-a-pim'],
  ['a redirect', answered(302, ''), 'not-a-pim'],
  ['a 404', answered(404, { code: 404, message: 'Not Found' }), 'not-a-pim'],
];

const ownWords = fc.constantFrom(INVALID, DISCONNECTED);

/** What is like the PIM's words for a dead token, and is not. */
const nearWords = fc
  .tuple(ownWords, fc.constantFrom('invalid', ' ', '"', 'Error: '))
  .chain(([words, other]) =>
    fc.constantFrom(
      other + words,
      words.toLowerCase(),
      words.replace('token', other),
      words.replace(/^The access token provided is invalid/, '$& here'),
    ),
  );

/** Everything but a member `message` that begins with those words: the words themselves too, where they are no message. */
const otherBodies = fc.oneof(
  { weight: 4, arbitrary: fc.record({ code: fc.constant(401), message: nearWords }) },
  ownWords,
  nearWords,
  fc.record({ message: fc.array(ownWords), error: ownWords }),
  fc.record({ error: fc.record({ message: ownWords }) }),
  fc.tuple(fc.record({ message: ownWords })),
  fc.json(),
);
const otherWords401 = fc.tuple(fc.constant(401), otherBodies);

/** The very words of the PIM, with a status with which it never says them. */
const wordsElsewhere = fc.tuple(
  fc.constantFrom(200, 302, 400, 403, 404, 500, 503),
  fc.record({ code: fc.constant(401), message: ownWords }),
);

describe('the PIM’s answer', () => {
  it.each(CASES)('%s', (_, answer, health) => {
    expect(classify(answer)).toBe(health);
  });

  it('that never comes means unreachable, one without end no PIM', () => {
    expect(classify({ kind: 'failed', failure: 'timeout' })).toBe('unreachable');
    expect(classify({ kind: 'failed', failure: 'unreachable' })).toBe('unreachable');
    const endless = { kind: 'failed', failure: 'unexpected-answer' } as const;
    expect(classify({ ...endless, status: 200 })).toBe('not-a-pim');
    expect(classify({ ...endless, status: 502 })).toBe('unreachable');
  });

  it('ends a connection by the PIM’s own words only', () => {
    fc.assert(
      fc.property(fc.oneof(otherWords401, wordsElsewhere), ([status, body]) => {
        expect(isDead(classify(answered(status, body)))).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('ends a connection whatever follows those words', () => {
    fc.assert(
      fc.property(ownWords, fc.string(), (words, more) => {
        expect(isDead(classify(refusal(401, `${words}${more}`)))).toBe(true);
      }),
    );
  });

  it('never means both dead and alive', () => {
    for (const [, answer] of CASES) {
      const health = classify(answer);
      expect(isDead(health) && isAlive(health)).toBe(false);
    }
  });
});

/** The status after each of a series of checks, if it changes. */
function statuses(findings: readonly Health[]): (string | undefined)[] {
  let consecutiveInvalid = 0;
  return findings.map((health) => {
    const next = nextStatus(health, consecutiveInvalid);
    consecutiveInvalid = next.consecutiveInvalid;
    return next.status;
  });
}

describe('the next status', () => {
  it('ends a connection at the second invalid answer, with the status that it names', () => {
    expect(statuses(['disconnected', 'disconnected'])).toEqual([undefined, 'disconnected']);
    expect(statuses(['replaced', 'disconnected'])).toEqual([undefined, 'disconnected']);
    expect(statuses(['disconnected', 'replaced'])).toEqual([undefined, 'replaced']);
  });

  it('counts from the start after the PIM has accepted the token', () => {
    expect(statuses(['replaced', 'connected', 'replaced'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(statuses(['replaced', 'forbidden', 'replaced'])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('does not change the count while the PIM cannot be asked', () => {
    const findings: Health[] = ['disconnected', 'unreachable', 'not-a-pim', 'disconnected'];
    expect(statuses(findings).at(-1)).toBe('disconnected');
    expect(statuses(['unreachable', 'unreachable', 'unreachable'])).not.toContain('disconnected');
  });

  it('ends only a connection that was found dead twice since it was last alive', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...HEALTHS), { maxLength: 12 }), (findings) => {
        const deadSinceAlive = findings.slice(findings.findLastIndex(isAlive) + 1).filter(isDead);
        const isEnded = statuses(findings).at(-1) !== undefined;
        const last = findings.at(-1);
        expect(isEnded).toBe(last !== undefined && isDead(last) && deadSinceAlive.length >= 2);
      }),
    );
  });
});
