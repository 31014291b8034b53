import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../functions/activation/outcomes/index.ts';
import { METRICS_NAMESPACE } from '../../functions/telemetry/metrics.ts';
import { CAUSE_ALARMS } from '../../infra/monitoring/cause-alarms.ts';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize } from './support/synthesis.ts';

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly TreatMissingData: string;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
}

const template = synthesize();
const mailed = synthesize({ alarmEmail: 'team@example.com' });
const alarms = alarmsOf(template);

function alarmsOf(of: typeof template): AlarmProperties[] {
  const resolve = resolver(of);
  return resourcesOf(of, 'AWS::CloudWatch::Alarm').map(
    ({ Properties }) => resolve(Properties) as AlarmProperties,
  );
}

describe('the alarms', () => {
  it('are one for each cause and one for each way to fail without an outcome', () => {
    expect(alarms.map(({ AlarmName }) => AlarmName.replace('AkeneoAppActivation-', ''))).toEqual([
      'health-sweep-given-up',
      'health-visits-failed',
      'events-late',
      'events-given-up',
      'events-unreadable',
      'wrong-credentials',
      'late-codes',
      'pim-failing',
      'store-failing',
      'defects',
      'activate-crashes',
      'callback-crashes',
      'activate-throttles',
      'callback-throttles',
      'api-server-errors',
      'api-throttled-requests',
      'callback-slow',
    ]);
  });

  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm] as const))(
    '%s says what, why, what first and where to read on',
    (_, { AlarmDescription, TreatMissingData }) => {
      expect(AlarmDescription).toMatch(
        /^What: .+\nWhy: .+\nFirst step: .+\nRunbook: docs\/runbook\.md#[a-z_-]+/,
      );
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
      expect(TreatMissingData).toBe('notBreaching');
    },
  );

  it('lead to headings that the runbook has', () => {
    const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
    const anchors = alarms.flatMap(({ AlarmDescription }) =>
      [...AlarmDescription.matchAll(/runbook\.md#([\w-]+)/g)].map(([, anchor]) => anchor),
    );
    expect(anchors.length).toBeGreaterThan(alarms.length);
    for (const anchor of anchors) expect(runbook).toContain(`\n## ${anchor}\n`);
  });

  it.each(
    Object.values(OUTCOMES)
      .map(({ cause }) => cause)
      .filter((cause) => cause !== undefined)
      .filter((cause, index, all) => all.indexOf(cause) === index),
  )('count the requests of the cause %s', (cause) => {
    const name = `AkeneoAppActivation-${CAUSE_ALARMS[cause].name}`;
    expect(alarms.find(({ AlarmName }) => AlarmName === name)).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: 'Requests',
      Dimensions: [
        { Name: 'Cause', Value: cause },
        { Name: 'Stack', Value: 'AkeneoAppActivation' },
      ],
    });
  });

  it('go off long before a slow callback meets a dead code', () => {
    const slow = resourcesOf(template, 'AWS::CloudWatch::Alarm').find(
      ({ name }) => name === 'Monitoring/callback-slow',
    );
    expect(slow?.Properties).toMatchObject({
      Namespace: METRICS_NAMESPACE,
      MetricName: 'Duration',
      ExtendedStatistic: 'p90',
      Threshold: 8_000,
    });
  });

  it('tell nobody unless there is an address', () => {
    expect(resourcesOf(template, 'AWS::SNS::Topic')).toEqual([]);
    expect(alarms.filter(({ AlarmActions }) => AlarmActions)).toEqual([]);
  });
});

describe('with an address', () => {
  it('every alarm is mailed, and so is its end', () => {
    for (const { AlarmActions, OKActions } of alarmsOf(mailed)) {
      expect(AlarmActions).toEqual(['Monitoring/Topic']);
      expect(OKActions).toEqual(['Monitoring/Topic']);
    }
    const subscriptions = resourcesOf(mailed, 'AWS::SNS::Subscription');
    expect(subscriptions.map(({ Properties }) => Properties)).toMatchObject([
      { Protocol: 'email', Endpoint: 'team@example.com' },
    ]);
  });

  it('the topic takes messages by TLS only, and from alarms of this account', () => {
    const policies = resourcesOf(mailed, 'AWS::SNS::TopicPolicy');
    expect(policies.map(({ Properties }) => Properties['PolicyDocument'])).toMatchObject([
      {
        Statement: [
          { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    ]);
  });
});

describe('the count of throttled requests', () => {
  it('is taken from the access log, by stack', () => {
    const filters = resourcesOf(template, 'AWS::Logs::MetricFilter');
    expect(filters.map(({ Properties }) => Properties)).toMatchObject([
      {
        FilterPattern: '{ $.status = "429" }',
        MetricTransformations: [
          { MetricNamespace: METRICS_NAMESPACE, Dimensions: [{ Key: 'Stack', Value: '$.stack' }] },
        ],
      },
    ]);
  });
});

describe('the dashboard', () => {
  it('shows every outcome, also one that is added later', () => {
    const bodies = resourcesOf(template, 'AWS::CloudWatch::Dashboard').map(({ Properties }) =>
      String(resolver(template)(Properties['DashboardBody'])),
    );
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('SEARCH(');
    expect(() => JSON.parse(bodies[0] ?? '') as unknown).not.toThrow();
  });
});
