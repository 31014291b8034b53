/** Where the metrics of all functions are. */
export const METRICS_NAMESPACE = 'AkeneoAppActivation';

/** A dimension of a metric. Every metric has `Stack`; which of them has another is said below. */
export type Dimension = 'Stack' | 'Outcome' | 'Cause' | 'Endpoint' | 'Health';

/** The metric of the endpoints' requests: by `Outcome`, and once more by `Cause` if they have one. */
export const REQUESTS = 'Requests';

/** The metric of how long a handler took: by `Endpoint`. */
export const DURATION = 'Duration';

/**
 * The metrics of a sweep: connections by `Health`. Two of them say how far behind it is: the longest time between two checks
 * of a connection, which is the schedule's if the sweep keeps up, and how many connections an invocation did not reach.
 */
export const HEALTH_METRICS = {
  connections: 'Connections',
  failedChecks: 'FailedChecks',
  deadConnections: 'DeadConnections',
  sweepDuration: 'SweepDuration',
  checkInterval: 'CheckInterval',
  connectionsLeft: 'ConnectionsLeft',
} as const;

/** The metrics of a batch of the stream. */
export const EVENT_METRICS = {
  published: 'PublishedEvents',
  refused: 'RefusedEvents',
  malformed: 'MalformedRecords',
} as const;
