import { Duration } from 'aws-cdk-lib';
import {
  type IMetric,
  MathExpression,
  type MathExpressionOptions,
  Metric,
  type MetricOptions,
} from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Cause } from '../../functions/activation/outcomes.ts';
import {
  type Dimension,
  DURATION,
  METRICS_NAMESPACE,
  REQUESTS,
} from '../../functions/telemetry/metrics.ts';
import { CAUSE_ALARMS, SLOW_CALLBACK_MS } from './alarms.ts';

const THROTTLED_REQUESTS = 'ThrottledRequests';
const SLOW_CALLBACKS = 'SlowCallbacks';
const UNUSABLE_KEY = 'UnusableKey';

/** The number of requests that ended in an outcome of the cause. */
export function requests(stack: string, cause: Cause, period: Duration): Metric {
  return metric(REQUESTS, { Stack: stack, Cause: cause }, { statistic: 'Sum', period });
}

/** How long the handler of an endpoint took, without the start of a cold function. */
export function duration(
  stack: string,
  endpoint: 'activate' | 'callback',
  options: MetricOptions & { readonly statistic: string },
): Metric {
  return metric(DURATION, { Stack: stack, Endpoint: endpoint }, options);
}

/** The number of requests that ended in an outcome of any cause. */
export function failures(stack: string, options: MathExpressionOptions = {}): MathExpression {
  const period = options.period ?? Duration.minutes(5);
  // `Object.keys` forgets the literal keys of the record.
  const causes = Object.keys(CAUSE_ALARMS) as Cause[];
  const metrics = causes.map((cause, index) => [`cause${index}`, requests(stack, cause, period)]);
  return new MathExpression({
    // A cause that has not occurred has no data, and would leave the sum without any.
    expression: causes.map((_, index) => `FILL(cause${index}, 0)`).join(' + '),
    usingMetrics: Object.fromEntries(metrics),
    label: 'failures',
    ...options,
  });
}

/** How many requests the gateway refused because there were too many. */
export function throttledRequests(stack: string): Metric {
  return counted(THROTTLED_REQUESTS, stack, Duration.minutes(5));
}

/** How many callbacks were slow; a quantile would say so of a single one, where there are few. */
export function slowCallbacks(stack: string): Metric {
  return counted(SLOW_CALLBACKS, stack, Duration.minutes(15));
}

/** How often KMS refused to use the token key. */
export function unusableKey(stack: string, period: Duration): Metric {
  return counted(UNUSABLE_KEY, stack, period);
}

/** The sum of a metric that has no dimension but the stack. */
export function counted(metricName: string, stack: string, period: Duration): Metric {
  return metric(metricName, { Stack: stack }, { statistic: 'Sum', period });
}

function metric(
  metricName: string,
  dimensionsMap: Readonly<Partial<Record<Dimension, string>>>,
  options: MetricOptions,
): Metric {
  return new Metric({ namespace: METRICS_NAMESPACE, metricName, dimensionsMap, ...options });
}

/** Every outcome that occurred, one line each. For dashboards only: an alarm cannot search. */
export function everyOutcome(stack: string): IMetric {
  const schema = `{${METRICS_NAMESPACE},Outcome,Stack}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="${REQUESTS}" Stack="${stack}"', 'Sum', 300)`,
    usingMetrics: {},
    // Without one, each line is named by its outcome.
    label: '',
  });
}

/**
 * Makes a metric of the requests that the gateway refused because there were too many. It has none of its own for 429,
 * and its 4xx also count the refusals of the functions.
 */
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
 * Makes a metric of the callbacks whose handler took {@link SLOW_CALLBACK_MS} or longer, by the duration in their lines.
 *
 * An alarm on the metric of the duration could not count them: the statistic that counts, `TC(X%:X%)`, is bounded by
 * shares of the values, not by values.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html ExtendedStatistic}
 */
export function countSlowCallbacks(scope: Construct, callbackLog: ILogGroup): MetricFilter {
  return new MetricFilter(scope, SLOW_CALLBACKS, {
    logGroup: callbackLog,
    filterPattern: FilterPattern.numberValue(`$.${DURATION}`, '>=', SLOW_CALLBACK_MS),
    metricNamespace: METRICS_NAMESPACE,
    metricName: SLOW_CALLBACKS,
    dimensions: { Stack: '$.Stack' },
  });
}

/** What KMS says of a key that is disabled, is scheduled for deletion, or is gone. */
const KEY_ERRORS = ['DisabledException', 'KMSInvalidStateException', 'NotFoundException'];

/**
 * Makes a metric of the lines in which a function says that the token key cannot be used.
 *
 * They need no trail: KMS has no metric for it, and tells EventBridge of a disabled key by CloudTrail alone, which not
 * every account has. The price is that somebody has to need the key first, the health check at the latest.
 *
 * @param field that has the name of the error.
 * @see {@link https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html Key states}
 */
export function countUnusableKey(
  scope: Construct,
  id: string,
  { log, field }: { readonly log: ILogGroup; readonly field: 'errorName' | 'problem' },
): MetricFilter {
  const errors = KEY_ERRORS.map((name) => FilterPattern.stringValue(`$.${field}`, '=', name));
  return new MetricFilter(scope, id, {
    logGroup: log,
    filterPattern: FilterPattern.any(...errors),
    metricNamespace: METRICS_NAMESPACE,
    metricName: UNUSABLE_KEY,
    dimensions: { Stack: '$.Stack' },
  });
}
