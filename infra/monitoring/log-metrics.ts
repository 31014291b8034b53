import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE } from '../../functions/telemetry/metrics.ts';
import { SLOW_CALLBACK_MS, SLOW_CALLBACKS, THROTTLED_REQUESTS } from './metrics.ts';

/** Counts what the gateway refused: it has no metric of its own for 429, and among its 4xx are all refusals of the functions. */
export function countThrottledRequests(scope: Construct, accessLog: ILogGroup): MetricFilter {
  return new MetricFilter(scope, THROTTLED_REQUESTS, {
    logGroup: accessLog,
    filterPattern: FilterPattern.stringValue('$.status', '=', '429'),
    metricNamespace: METRICS_NAMESPACE,
    metricName: THROTTLED_REQUESTS,
    dimensions: { Stack: '$.stack' },
  });
}

/**
 * Counts slow callbacks by the duration in their lines; see `functions/telemetry/outcome-line.ts`.
 *
 * An alarm on the metric `Duration` could not: the counts that CloudWatch documents for alarms, `TC(X%:X%)`, are
 * bounded by shares of the values, not by values.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html ExtendedStatistic}
 */
export function countSlowCallbacks(scope: Construct, callbackLog: ILogGroup): MetricFilter {
  return new MetricFilter(scope, SLOW_CALLBACKS, {
    logGroup: callbackLog,
    filterPattern: FilterPattern.numberValue('$.Duration', '>=', SLOW_CALLBACK_MS),
    metricNamespace: METRICS_NAMESPACE,
    metricName: SLOW_CALLBACKS,
    dimensions: { Stack: '$.Stack' },
  });
}
