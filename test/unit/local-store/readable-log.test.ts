import { describe, expect, it } from 'vitest';
import { OPERATOR_NOTES, OUTCOMES } from '../../../functions/activation/outcomes.ts';
import { missingPartLine, outcomeLine } from '../../../functions/telemetry/log.ts';
import { readableLine } from '../../../local/log-lines.ts';
import { pimUrl } from '../../support/pim-url.ts';

const RECORD = {
  stack: 'local',
  endpoint: 'callback',
  code: 'connected',
  context: { pim: pimUrl('http://localhost:3001'), clientId: 'client', attempt: 1 },
  requestId: 'request',
  invocationId: 'invocation',
  coldStart: true,
  startedAt: Date.UTC(2030, 0, 1, 12, 4, 31, 987),
  durationMs: 48,
} as const;

/** Of the record, on the clock of whoever runs the test. */
const TIME = new Date(RECORD.startedAt).toLocaleTimeString('en-GB');

describe('readableLine', () => {
  it('tells local time, endpoint, outcome, duration and PIM', () => {
    expect(TIME).toMatch(/^\d\d:\d\d:31$/);
    expect(readableLine(outcomeLine(RECORD))).toBe(
      `${TIME}  callback  connected  48 ms  http://localhost:3001`,
    );
  });

  it('adds what went wrong, and nothing for what is not known', () => {
    const line = outcomeLine({
      ...RECORD,
      code: 'pim_unexpected_answer',
      context: { failure: 'unexpected-answer', pimStatus: 503 },
    });
    const [first] = readableLine(line).split('\n');
    expect(first).toBe(`${TIME}  callback  pim_unexpected_answer  48 ms  503  unexpected-answer`);
  });

  it('tells of a page that lacks a part, and where more is said', () => {
    const missing = { part: 'language', language: 'de', errorName: 'Error', frames: [] };
    const line = readableLine(missingPartLine(RECORD, missing, RECORD.startedAt));
    expect(line.split('\n').map((one) => one.trim())).toEqual([
      `${TIME}  callback  page_part_missing  language  de  Error`,
      'next: see docs/runbook.md#incomplete-pages',
    ]);
  });

  // The pages and the runbook name commands that need a deployment.
  it.each([
    ['pim_not_listed', '--pim <address>'],
    ['client_credentials_refused', 'give the present one'],
  ] as const)('says what to do here about %s', (code, hint) => {
    const [, , next] = readableLine(outcomeLine({ ...RECORD, code })).split('\n');
    expect(next).toContain(`next: `);
    expect(next).toContain(hint);
  });

  it('says below every failure what it means, and where more is said', () => {
    for (const [code, { status }] of Object.entries(OUTCOMES)) {
      const lines = readableLine(JSON.stringify({ message: code, Duration: 1 })).split('\n');
      expect(lines, code).toHaveLength(status < 400 ? 1 : 3);
    }
    const line = readableLine(outcomeLine({ ...RECORD, code: 'pim_timeout' }));
    expect(line).toContain(OPERATOR_NOTES.pim_timeout.meaning);
    expect(line).toContain('docs/runbook.md#pim_timeout');
  });
});
