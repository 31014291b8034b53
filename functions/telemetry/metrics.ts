/** Where the metrics are: `Requests` by `Stack` and `Outcome` or `Cause`, `Duration` by `Stack` and `Endpoint`. */
export const METRICS_NAMESPACE = 'AkeneoAppActivation';
