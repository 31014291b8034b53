import { describe, expect, it } from 'vitest';
import { METRICS_NAMESPACE } from '../../functions/telemetry/metrics.ts';
import { emittedSeries, filteredSeries, series } from './support/emitted-metrics.ts';
import { resolver } from './support/resolve.ts';
import { resourcesOf, synthesize } from './support/synthesis.ts';

interface AlarmProperties {
  readonly AlarmName: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Statistic: string;
  readonly Period: number;
  readonly Threshold: number;
  readonly TreatMissingData: string;
}

/** What an alarm watches, and from where on it goes off within how many seconds. */
const ALARMS: Readonly<Record<string, readonly [series: string, limit: string]>> = {
  'health-not-run': [lambda('Invocations', 'Health'), 'Sum of 43200 s: below 1 or none'],
  'health-crashes': [lambda('Errors', 'Health'), 'Sum of 21600 s: 3'],
  'health-throttles': [lambda('Throttles', 'Health'), 'Sum of 21600 s: 1'],
  'events-crashes': [lambda('Errors', 'Events'), 'Sum of 300 s: 3'],
  'events-throttles': [lambda('Throttles', 'Events'), 'Sum of 300 s: 1'],
  'events-not-invoked': [
    series('AWS/Lambda', 'FailedInvokeEventCount', [['EventSourceMappingUUID', 'Events/Stream']]),
    'Sum of 300 s: 1',
  ],
  'health-sweep-given-up': [lambda('AsyncEventsDropped', 'Health'), 'Sum of 300 s: 1'],
  'health-checks-failed': [ours('FailedChecks'), 'Sum of 21600 s: 1'],
  'events-late': [lambda('IteratorAge', 'Events'), 'Maximum of 300 s: 600000'],
  'events-given-up': [
    series('AWS/SQS', 'ApproximateNumberOfMessagesVisible', [
      ['QueueName', 'Events/Undelivered.QueueName'],
    ]),
    'Maximum of 300 s: 1',
  ],
  'events-malformed': [ours('MalformedRecords'), 'Sum of 300 s: 1'],
  'wrong-credentials': [ours('Requests', ['Cause', 'credentials']), 'Sum of 300 s: 1'],
  'late-codes': [ours('Requests', ['Cause', 'late-code']), 'Sum of 900 s: 3'],
  'pim-failing': [ours('Requests', ['Cause', 'pim']), 'Sum of 900 s: 3'],
  'store-failing': [ours('Requests', ['Cause', 'store']), 'Sum of 300 s: 1'],
  defects: [ours('Requests', ['Cause', 'bug']), 'Sum of 300 s: 1'],
  'activate-crashes': [lambda('Errors', 'Activate'), 'Sum of 300 s: 1'],
  'callback-crashes': [lambda('Errors', 'Callback'), 'Sum of 300 s: 1'],
  'activate-throttles': [lambda('Throttles', 'Activate'), 'Sum of 300 s: 1'],
  'callback-throttles': [lambda('Throttles', 'Callback'), 'Sum of 300 s: 1'],
  'activate-not-invoked': [lambda('Invocations', 'Activate'), 'Sum of 720 s: below 1 or none'],
  'callback-not-invoked': [lambda('Invocations', 'Callback'), 'Sum of 720 s: below 1 or none'],
  'api-server-errors': [
    series('AWS/ApiGateway', '5xx', [
      ['ApiId', 'Api/HttpApi'],
      ['Stage', '$default'],
    ]),
    'Sum of 300 s: 5',
  ],
  'api-throttled-requests': [ours('ThrottledRequests'), 'Sum of 300 s: 10'],
  'callback-slow': [ours('SlowCallbacks'), 'Sum of 900 s: 3'],
  'key-unusable': [ours('UnusableKey'), 'Sum of 21600 s: 1'],
};

const template = synthesize();
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').map(
  ({ Properties }) => resolver(template)(Properties) as AlarmProperties,
);

function ours(metric: string, ...dimensions: readonly (readonly [string, string])[]): string {
  return series(METRICS_NAMESPACE, metric, [['Stack', 'AkeneoAppActivation'], ...dimensions]);
}

function lambda(metric: string, handler: string): string {
  return series('AWS/Lambda', metric, [['FunctionName', `${handler}/Function`]]);
}

function watched({ Namespace, MetricName, Dimensions }: AlarmProperties): string {
  return series(
    Namespace,
    MetricName,
    Dimensions.map(({ Name, Value }) => [Name, Value]),
  );
}

const SIGNS_OF_LIFE = /(activate|callback)-not-invoked|health-not-run/;
const REACHED = {
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
};
const MISSING = { ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching' };

function limitOf({ Threshold, TreatMissingData }: AlarmProperties): string {
  return TreatMissingData === 'breaching' ? `below ${Threshold} or none` : String(Threshold);
}

describe('the alarms', () => {
  it('watch exactly this, and go off exactly from there on', () => {
    const found = alarms.map((alarm) => [
      alarm.AlarmName.replace('AkeneoAppActivation-', ''),
      [watched(alarm), `${alarm.Statistic} of ${alarm.Period} s: ${limitOf(alarm)}`],
    ]);
    expect(Object.fromEntries(found)).toEqual(ALARMS);
    expect(found).toHaveLength(26);
  });

  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm] as const))(
    '%s goes off at once, at the threshold or for a missing sign of life',
    (_, alarm) => {
      const { AlarmName, Namespace, MetricName, Dimensions, Statistic, Period, Threshold } = alarm;
      const listed = { AlarmName, Namespace, MetricName, Dimensions, Statistic, Period, Threshold };
      expect(alarm).toEqual({
        ...listed,
        AlarmDescription: expect.any(String),
        EvaluationPeriods: 1,
        ...(SIGNS_OF_LIFE.test(AlarmName) ? MISSING : REACHED),
      });
    },
  );

  it('watch no metric of ours that nothing writes', () => {
    const written = [...emittedSeries(), ...filteredSeries(template)];
    const own = alarms.filter(({ Namespace }) => Namespace === METRICS_NAMESPACE).map(watched);
    expect(own.length).toBeGreaterThan(0);
    expect(written).toEqual(expect.arrayContaining(own));
  });

  it('watch every cause that a line can have', () => {
    const causes = emittedSeries().filter((one) => one.includes(' Cause='));
    expect(causes.length).toBeGreaterThan(0);
    expect(alarms.map(watched)).toEqual(expect.arrayContaining(causes));
  });
});
