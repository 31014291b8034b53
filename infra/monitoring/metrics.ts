import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Cause } from '../../functions/activation/outcomes/index.ts';
import { METRICS_NAMESPACE } from '../../functions/telemetry/metrics.ts';

/** Of requests that the gateway refused because there were too many; made from the access log. */
export const THROTTLED_REQUESTS = 'ThrottledRequests';

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
  period = Duration.minutes(5),
): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: 'Duration',
    dimensionsMap: { Stack: stack, Endpoint: endpoint },
    statistic,
    period,
  });
}

/** How many requests the gateway refused because there were too many. */
export function throttledRequests(stack: string, period = Duration.minutes(5)): Metric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: THROTTLED_REQUESTS,
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
