import { describe, expect, it } from 'vitest';
import { outcomeLine } from '../../../functions/telemetry/log.ts';
import { readableLine } from '../../../local/terminal.ts';
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

describe('readableLine', () => {
  it('tells time, endpoint, outcome, duration and PIM', () => {
    expect(readableLine(outcomeLine(RECORD))).toBe(
      '12:04:31  callback  connected  48 ms  http://localhost:3001',
    );
  });

  it('adds what went wrong, and nothing for what is not known', () => {
    const line = outcomeLine({
      ...RECORD,
      code: 'pim_unexpected_answer',
      context: { failure: 'unexpected-answer', pimStatus: 503 },
    });
    expect(readableLine(line)).toBe(
      '12:04:31  callback  pim_unexpected_answer  48 ms  503  unexpected-answer',
    );
  });

  // The pages and the runbook name commands that need a deployment.
  it.each([
    ['pim_not_listed', '--pim <address>'],
    ['client_credentials_refused', 'give the present one'],
  ] as const)('says what to do here about %s', (code, hint) => {
    const [, next] = readableLine(outcomeLine({ ...RECORD, code })).split('\n');
    expect(next).toContain(`next: `);
    expect(next).toContain(hint);
  });
});
