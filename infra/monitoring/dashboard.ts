import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { dashboardName } from '../fixed-names.ts';
import { duration, everyOutcome, throttledRequests } from './metrics.ts';
import type { MonitoringProps } from './monitoring.ts';

/** What the dashboard shows. */
export interface ActivationDashboardProps extends Omit<MonitoringProps, 'alarms'> {
  /** Name of the stack, a dimension of the metrics. */
  readonly stack: string;
  readonly alarms: readonly IAlarm[];
}

/** From top to bottom: is something wrong, what do users meet, how fast is it, what failed last. */
export class ActivationDashboard extends Dashboard {
  constructor(scope: Construct, id: string, props: ActivationDashboardProps) {
    super(scope, id, {
      dashboardName: dashboardName(props.stack, Stack.of(scope).region),
      defaultInterval: Duration.days(1),
      widgets: rows(props),
    });
  }
}

function rows(props: ActivationDashboardProps): IWidget[][] {
  return [
    [new AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: 24 })],
    [
      graph('Requests by outcome', [everyOutcome(props.stack)], 16),
      graph('Answers of the gateway', gatewayMetrics(props), 8),
    ],
    [
      graph('Duration of the handlers (ms)', durations(props.stack), 8),
      graph('Duration with cold starts (ms)', latencies(props), 8),
      graph('Functions: errors, throttles', functionMetrics(props), 8),
    ],
    [lastFailures(props)],
  ];
}

function graph(title: string, left: IMetric[], width: number): IWidget {
  return new GraphWidget({ title, left, width, leftYAxis: { min: 0, showUnits: false } });
}

function gatewayMetrics({ api: { stage }, stack }: ActivationDashboardProps): IMetric[] {
  const sum = { statistic: 'Sum' };
  return [
    stage.metricCount({ statistic: 'SampleCount', label: 'requests' }),
    stage.metricClientError({ ...sum, label: '4xx' }),
    stage.metricServerError({ ...sum, label: '5xx' }),
    throttledRequests(stack).with({ label: '429' }),
  ];
}

function durations(stack: string): IMetric[] {
  return ['p50', 'p90', 'p99'].flatMap((statistic) =>
    (['activate', 'callback'] as const).map((endpoint) =>
      duration(stack, endpoint, { statistic, label: `${endpoint} ${statistic}` }),
    ),
  );
}

function latencies({ api: { stage } }: ActivationDashboardProps): IMetric[] {
  return ['p50', 'p90', 'p99'].map((statistic) =>
    stage.metricLatency({ statistic, label: statistic }),
  );
}

function functionMetrics(props: ActivationDashboardProps): IMetric[] {
  return endpointsOf(props).flatMap(({ handler: name, function: endpoint }) => [
    endpoint.metricErrors({ label: `${name} errors` }),
    endpoint.metricThrottles({ label: `${name} throttles` }),
  ]);
}

function endpointsOf({ activate, callback, login }: ActivationDashboardProps) {
  return [activate, callback, ...(login ? [login] : [])];
}

function lastFailures(props: ActivationDashboardProps): IWidget {
  return new LogQueryWidget({
    title: 'Last failures',
    view: LogQueryVisualizationType.TABLE,
    logGroupNames: endpointsOf(props).map(({ logGroup }) => logGroup.logGroupName),
    queryLines: [
      'fields @timestamp, message, pim, pimStatus, failure, dependency, errorName, requestId',
      'filter level in ["ERROR", "WARN"]',
      'sort @timestamp desc',
      'limit 50',
    ],
    width: 24,
    height: 9,
  });
}
