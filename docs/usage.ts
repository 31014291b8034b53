import { OUTCOMES } from '../functions/activation/outcomes.ts';
import { HEALTHS } from '../functions/health/health.ts';
import { EVENT_METRICS, HEALTH_METRICS } from '../functions/telemetry/metrics.ts';
import { CAUSE_ALARMS, LOGIN_ALARMS, SERVICE_ALARMS } from '../infra/monitoring/alarms.ts';
import { HOURS } from './prices.ts';

/*
 * What is used of AWS. `test/infra/calls.test.ts` counts what a request uses at the network, and
 * `test/infra/documented-costs.test.ts` compares the rest with the template. What is assumed says so.
 */

/** What one request uses at most. */
export interface RequestUsage {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** The same of the index, which DynamoDB writes when a connection changes. The embedded DynamoDB does not count them. */
  readonly indexUnits: number;
  readonly kmsRequests: number;
  /** Of the answer, with its headers. */
  readonly answerBytes: number;
  /** Of the function's own line. */
  readonly lineBytes: number;
}

/**
 * The requests. Each is the dearest of its kind: a cold function whose caches are empty, an App with every scope, and a
 * PIM such as `pim.eu.cloud.akeneo.com`, which may be listed under four names.
 */
export const REQUESTS = {
  activate: requestUsage({ readUnits: 4, writeUnits: 1, answerBytes: 2_000 }),
  callback: requestUsage({ readUnits: 1, writeUnits: 3, indexUnits: 2, kmsRequests: 2 }),
  /** “Open app”: the token is known, so it is not encrypted again. */
  reopened: requestUsage({ readUnits: 1, writeUnits: 3, indexUnits: 2, kmsRequests: 1 }),
  page: requestUsage({ readUnits: 1, writeUnits: 4, answerBytes: 6_000 }),
  refused: requestUsage({ readUnits: 4, answerBytes: 6_000 }),
} as const satisfies Readonly<Record<string, RequestUsage>>;

/**
 * With `identity`, what a login uses beyond its activation: callback keeps it, one request to `/login` takes it and puts it
 * under a code, and the App redeems that.
 */
export const LOGIN = {
  ...requestUsage({ writeUnits: 4 }),
  warmMs: 30,
  alarmMetrics: LOGIN_ALARMS.length,
};

/** The requests of an activation, taken for a first “Connect”. */
export const ACTIVATION: readonly RequestUsage[] = [
  REQUESTS.activate,
  REQUESTS.callback,
  REQUESTS.page,
];

/** Memory of a function, in MB. */
export const MEMORY_MB = 1_024;

/**
 * How long a request occupies its function, in milliseconds. Assumed, as nothing has run on Lambda yet; a PIM is assumed
 * to answer in 400 ms. That a cold function is billed for its start is in it.
 */
export const DURATIONS_MS = {
  cold: { activate: 500, callback: 900, page: 350 },
  warm: { activate: 30, callback: 500, page: 30 },
} as const;

/** The share of requests that meet a cold function at most, thanks to the schedule that keeps both functions warm. */
export const COLD_SHARE = 0.04;

/** The schedule: how often it calls each of two functions, and what both calls use together; six times that at a cold start. */
export const WARM = {
  everyMinutes: 4,
  functions: 2,
  durationMs: 20,
  readUnits: 3,
  kmsRequests: 1,
} as const;

/** Keys of KMS: one for the tokens, one for the client secrets. Each costs as much again after its first two rotations. */
export const KEYS = 2;

/** How often connected PIMs are checked in a month, and what a check of one uses. */
export const HEALTH = {
  sweeps: HOURS / 6,
  check: { readUnits: 1, writeUnits: 4, kmsRequests: 1, gbSeconds: 0.1 },
} as const;

/** A change of a connection: one event, by one invocation of the function that publishes it, which few share. */
export const EVENT = { gbSeconds: 0.1, lineBytes: 800 } as const;

/** What is logged beside the functions' own lines, in bytes. */
export const LOGGED_BYTES = {
  /** What Lambda itself says of an invocation. */
  platform: 800,
  /** A line of the access log. */
  access: 600,
} as const;

/** How long lines are kept. */
export const LOG_MONTHS = 3;

/** Every alarm has one metric. Those of logins come on top. */
export const ALARM_METRICS =
  Object.keys({ ...CAUSE_ALARMS, ...SERVICE_ALARMS }).length - LOGIN_ALARMS.length;

/** Metrics of our own by what they are counted by. */
export const SERIES = {
  outcomes: Object.keys(OUTCOMES).length,
  causes: Object.keys(CAUSE_ALARMS).length,
  endpoints: 2,
  events: Object.keys(EVENT_METRICS).length,
  // `connections` is counted by health, the others once.
  health: Object.keys(HEALTH_METRICS).length - 1 + HEALTHS.length,
  /** Made from lines of the log that tell of something wrong. */
  filters: 3,
} as const;

/** The share of requests that go wrong so that a metric counts it; assumed. */
export const FAILING_SHARE = 0.05;

/** With `monitoring=full`: the gateway's metrics of a route, and the routes. */
export const ROUTE_METRICS = { metrics: 6, routes: 4 } as const;

/**
 * With a `vpc`: what goes both ways through its NAT gateway, or through an endpoint of KMS, in bytes. Assumed: a TLS
 * handshake, a question and its answer. Calls of DynamoDB go through an endpoint that is free.
 */
export const NETWORK_BYTES = { pimRequest: 8_000, kmsRequest: 4_000 } as const;

/** A flood of requests to the activation URL: so many a second for so long, and how many of them the gateway lets through. */
export const FLOOD = { perSecond: 1_000, seconds: 3_600, letThrough: { rate: 25, burst: 10 } };

/** The answer of the gateway to a request that it refuses, in bytes. */
export const REFUSAL_BYTES = 300;

function requestUsage(used: Partial<RequestUsage>): RequestUsage {
  const nothing = { readUnits: 0, writeUnits: 0, indexUnits: 0, kmsRequests: 0 };
  return { ...nothing, answerBytes: 1_000, lineBytes: 800, ...used };
}
