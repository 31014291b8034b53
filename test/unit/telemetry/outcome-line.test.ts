import { describe, expect, it } from 'vitest';
import { type OutcomeRecord, outcomeLine } from '../../../functions/telemetry/log.ts';

const RECORD: OutcomeRecord = {
  stack: 'Test',
  endpoint: 'callback',
  code: 'pim_timeout',
  cause: 'pim',
  context: {
    clientId: 'client',
    attempt: 1,
    failure: 'timeout',
    connectionFailure: 'connection-timed-out',
  },
  requestId: 'request-7',
  invocationId: 'invocation-9',
  coldStart: true,
  startedAt: Date.parse('2026-03-01T12:00:00Z'),
  durationMs: 48,
};

interface Line extends Record<string, unknown> {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly string[][];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}

const line = (changes: Partial<OutcomeRecord> = {}) =>
  JSON.parse(outcomeLine({ ...RECORD, ...changes })) as Line;

describe('outcomeLine', () => {
  it('holds the fields of the request, and metrics that refer to its own members', () => {
    const written = line();
    expect(written).toMatchObject({
      level: 'ERROR',
      message: 'pim_timeout',
      clientId: 'client',
      failure: 'timeout',
      connectionFailure: 'connection-timed-out',
      Cause: 'pim',
      Duration: 48,
    });
    for (const { Namespace, Dimensions, Metrics } of written._aws.CloudWatchMetrics) {
      expect(Namespace).toBe('AkeneoAppActivation');
      for (const name of Dimensions.flat()) expect(written[name]).toEqual(expect.any(String));
      for (const { Name } of Metrics) expect(written[Name]).toEqual(expect.any(Number));
    }
  });

  it('counts by outcome, by cause where there is one, and times by endpoint', () => {
    const dimensions = (cause: OutcomeRecord['cause']) =>
      line({ cause })._aws.CloudWatchMetrics.map(({ Dimensions }) => Dimensions.flat().join());
    expect(dimensions('pim')).toEqual(['Stack,Outcome', 'Stack,Cause', 'Stack,Endpoint']);
    expect(dimensions(undefined)).toEqual(['Stack,Outcome', 'Stack,Endpoint']);
  });

  it('logs no member that it does not name, whatever a record brings along', () => {
    const context = { ...RECORD.context, accessToken: 'leak', query: 'leak', toJSON: () => 'leak' };
    const record = { ...RECORD, context, cookie: 'leak', headers: { authorization: 'leak' } };
    expect(outcomeLine(record)).not.toContain('leak');
  });

  it.each([
    ['connected', undefined, 'INFO'],
    ['authorization_restarted', 'late-code', 'INFO'],
    ['state_unknown', undefined, 'WARN'],
    ['internal_error', 'bug', 'ERROR'],
    ['pim_timeout', 'pim', 'ERROR'],
    ['pim_timeout', undefined, 'WARN'],
  ] as const)('gives %s for the alarm %s the level %s', (code, cause, level) => {
    expect(line({ code, cause })['level']).toBe(level);
  });
});
