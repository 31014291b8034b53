import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { METRICS_NAMESPACE } from '../../functions/telemetry/metrics.ts';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize, theResource } from './support/synthesis.ts';

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions?: readonly unknown[];
  readonly OKActions?: readonly unknown[];
}

interface FilterProperties {
  readonly LogGroupName: string;
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly unknown[];
}

const template = synthesize();
const mailed = synthesize({ alarmEmail: 'team@example.com' });
const alarms = alarmsOf(template);
const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');

/** The errors of KMS for a key that is disabled, that is to be deleted, and that is gone. */
function unusableKey(field: string): string {
  const names = ['DisabledException', 'KMSInvalidStateException', 'NotFoundException'];
  return `{ ${names.map((name) => `(${field} = "${name}")`).join(' || ')} }`;
}

function alarmsOf(of: typeof template): AlarmProperties[] {
  const resolve = resolver(of);
  return resourcesOf(of, 'AWS::CloudWatch::Alarm').map(
    ({ Properties }) => resolve(Properties) as AlarmProperties,
  );
}

describe('the alarms', () => {
  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm] as const))(
    '%s says what, why, what first and where to read on',
    (_, { AlarmDescription }) => {
      expect(AlarmDescription).toMatch(
        /^What: .+\nWhy: .+\nFirst step: .+\nRunbook: docs\/runbook\.md#[a-z_-]+/,
      );
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    },
  );

  it('lead to headings that the runbook has', () => {
    const anchors = alarms.flatMap(({ AlarmDescription }) =>
      [...AlarmDescription.matchAll(/runbook\.md#([\w-]+)/g)].map(([, anchor]) => anchor),
    );
    expect(anchors.length).toBeGreaterThan(alarms.length);
    for (const anchor of anchors) expect(runbook).toContain(`\n## ${anchor}\n`);
  });

  // The alarm told to raise a prop of the construct, which `cdk deploy` does not take.
  it('name the settings that raise the limits', () => {
    const throttled = alarms.find(({ AlarmName }) => AlarmName.endsWith('throttled-requests'));
    expect(throttled?.AlarmDescription).toContain('throttleRate and throttleBurst');
  });

  // The runbook named causes (`pim`) as if they were alarms (`pim-failing`), and some alarms not at all.
  it.each(alarms.map(({ AlarmName }) => AlarmName.replace('AkeneoAppActivation-', '')))(
    '%s is in the runbook by its name',
    (name) => {
      expect(runbook).toMatch(new RegExp(`^## ${name}$|\`${name}\``, 'm'));
    },
  );

  it('that the runbook names exist', () => {
    const named = [...runbook.matchAll(/· alarm `([^`]+)`/g)].map(([, name]) => name);
    const names = alarms.map(({ AlarmName }) => AlarmName);
    expect(named.length).toBeGreaterThan(0);
    for (const name of named) expect(names).toContain(`AkeneoAppActivation-${name}`);
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

describe('the metrics that are made from logs', () => {
  const filters = resourcesOf(template, 'AWS::Logs::MetricFilter').map(
    ({ Properties }) => resolver(template)(Properties) as FilterProperties,
  );

  it('count refused requests, slow callbacks and what KMS says of an unusable key', () => {
    const read = filters.map(({ LogGroupName, FilterPattern }) => [LogGroupName, FilterPattern]);
    expect(read).toEqual([
      ['Api/AccessLog', '{ $.status = "429" }'],
      ['Callback/Logs', '{ $.Duration >= 8000 }'],
      ['Callback/Logs', unusableKey('$.errorName')],
      ['Health/Logs', unusableKey('$.problem')],
    ]);
  });

  it('are one a line, and nothing where there is no such line', () => {
    for (const { MetricTransformations } of filters)
      expect(MetricTransformations).toEqual([
        {
          MetricNamespace: METRICS_NAMESPACE,
          MetricName: expect.any(String),
          MetricValue: '1',
          Dimensions: [expect.objectContaining({ Key: 'Stack' })],
        },
      ]);
  });
});

describe('full monitoring', () => {
  const full = synthesize({ monitoring: 'full' });

  it('has the same alarms as essential monitoring', () => {
    expect(alarmsOf(full)).toEqual(alarms);
  });

  it('adds the dashboard and the metrics of each route, and nothing else', () => {
    const others = (of: typeof template) =>
      resourcesOf(of).filter(({ Type }) => !/Dashboard|ApiGatewayV2::Stage/.test(Type));
    expect(others(full)).toEqual(others(template));
    expect(resourcesOf(template, 'AWS::CloudWatch::Dashboard')).toEqual([]);
    expect(resourcesOf(full, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    const { Properties } = theResource(full, 'AWS::ApiGatewayV2::Stage', 'Api/Stage');
    expect(Properties).toMatchObject({ DefaultRouteSettings: { DetailedMetricsEnabled: true } });
  });

  it('shows every outcome, also one that is added later', () => {
    const bodies = resourcesOf(full, 'AWS::CloudWatch::Dashboard').map(({ Properties }) =>
      String(resolver(full)(Properties['DashboardBody'])),
    );
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('SEARCH(');
    expect(() => JSON.parse(bodies[0] ?? '') as unknown).not.toThrow();
  });
});
