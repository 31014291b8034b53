import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Cause } from '../../functions/activation/outcomes/index.ts';
import { METRICS_NAMESPACE } from '../../functions/telemetry/metrics.ts';

/** Of requests that the gateway refused because there were too many; made from the access log. */
export const THROTTLED_REQUESTS = 'ThrottledRequests';

/** Of callbacks whose handler took {@link SLOW_CALLBACK_MS} or longer; made from the callback's log. */
export const SLOW_CALLBACKS = 'SlowCallbacks';

/** An authorization code lives 30 seconds, and before the handler come the network and a cold start. */
export const SLOW_CALLBACK_MS = 8_000;

/** The number of requests that ended in an outcome of the cause. */
export function requests(stack: string, cause: Cause, period: Duration): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: 'Requests',
    dimensionsMap: { Stack: stack, Cause: cause },
    statistic: 'Sum',
    period,
  });
}

/** How long the handler of an endpoint took, without the start of a cold function. */
export function duration(
  stack: string,
  endpoint: 'activate' | 'callback',
  statistic: string,
): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: 'Duration',
    dimensionsMap: { Stack: stack, Endpoint: endpoint },
    statistic,
    period: Duration.minutes(5),
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

/** The sum of a metric that has no dimension but the stack. */
export function counted(metricName: string, stack: string, period: Duration): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { Stack: stack },
    statistic: 'Sum',
    period,
  });
}

/** Every outcome that occurred, one line each. For dashboards only: an alarm cannot search. */
export function everyOutcome(stack: string): IMetric {
  const schema = `{${METRICS_NAMESPACE},Outcome,Stack}`;
  return new MathExpression({
    expression: `SEARCH('${schema} MetricName="Requests" Stack="${stack}"', 'Sum', 300)`,
    usingMetrics: {},
    // Without one, each line is named by its outcome.
    label: '',
  });
}
