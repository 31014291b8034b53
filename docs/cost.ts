import { HOURS, PRICES } from './prices.ts';
import {
  ACTIVATION,
  ALARM_METRICS,
  COLD_SHARE,
  DURATIONS_MS,
  EVENT,
  FAILING_SHARE,
  FLOOD,
  HEALTH,
  KEYS,
  LOG_MONTHS,
  LOGGED_BYTES,
  LOGIN,
  MEMORY_MB,
  NETWORK_BYTES,
  REFUSAL_BYTES,
  REQUESTS,
  type RequestUsage,
  ROUTE_METRICS,
  SERIES,
  WARM,
} from './usage.ts';

/** How much an App is used. An activation is one “Connect” or “Open app” up to the success page. */
export interface Size {
  /** A month. */
  readonly activations: number;
  /** Custom Apps, each of a PIM of its own. */
  readonly apps: number;
}

/** The columns of the table. */
export const SIZES: readonly Size[] = [
  { activations: 100, apps: 5 },
  { activations: 10_000, apps: 50 },
  { activations: 1_000_000, apps: 500 },
];

/** How many there are of the things that have a price. */
export type Usage = Readonly<Partial<Record<keyof typeof PRICES, number>>>;

/** A row of the table. */
export interface Item {
  readonly name: string;
  readonly usage: (size: Size) => Usage;
}

/** What a usage costs, in US dollars. */
export function priceOf(usage: Usage): number {
  // `Object.keys` forgets the literal keys of the record.
  const names = Object.keys(usage) as (keyof Usage)[];
  return names.reduce((sum, name) => {
    const { usd, per } = PRICES[name];
    return sum + ((usage[name] ?? 0) * usd) / per;
  }, 0);
}

/** What all rows cost together, in US dollars. */
export function monthlyCost(size: Size): number {
  return ITEMS.reduce((sum, { usage }) => sum + priceOf(usage(size)), 0);
}

const REQUESTS_EACH = ACTIVATION.length;

/** The rows of the table, from the first to the last. */
export const ITEMS: readonly Item[] = [
  { name: 'Lambda, arm64', usage: lambda },
  { name: 'HTTP API', usage: ({ activations }) => ({ apiRequests: REQUESTS_EACH * activations }) },
  { name: 'DynamoDB', usage: dynamoDb },
  { name: `KMS: ${KEYS} keys`, usage: kms },
  { name: `Kept warm: ${WARM.functions} calls every ${WARM.everyMinutes} minutes`, usage: warm },
  { name: `CloudWatch Logs, kept for ${LOG_MONTHS} months`, usage: logs },
  { name: `CloudWatch metrics: ${sumOf(Object.values(SERIES))}`, usage: metrics },
  { name: `${ALARM_METRICS} alarms`, usage: () => ({ alarmMetrics: ALARM_METRICS }) },
  { name: 'Data transfer to the internet', usage: transfer },
  { name: 'Events', usage: events },
  { name: 'Health check, every six hours', usage: health },
];

/** What comes on top for those who ask for it, or for whom the time comes. */
export const ADDED: readonly Item[] = [
  { name: '`monitoring=full`', usage: fullMonitoring },
  { name: '`tracing=true`', usage: tracing },
  { name: '`identity=true`, a login each time', usage: logins },
  { name: 'Both keys after their first yearly rotation', usage: () => ({ keys: KEYS }) },
  { name: '… after their second and for ever', usage: () => ({ keys: 2 * KEYS }) },
  { name: 'A fixed address: a NAT gateway in one zone', usage: natGateway },
  { name: 'An endpoint of KMS in two zones', usage: kmsEndpoint },
  {
    name: `A flood: ${FLOOD.perSecond.toLocaleString('en')} requests a second for ${FLOOD.seconds / 60} minutes`,
    usage: flood,
  },
];

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function total(part: keyof RequestUsage): number {
  return sumOf(ACTIVATION.map((request) => request[part]));
}

function gbSeconds(ms: number): number {
  return (ms / 1_000) * (MEMORY_MB / 1_024);
}

/** Of an activation, in GB-seconds. */
function computing(): number {
  const { cold, warm: usual } = DURATIONS_MS;
  const sums = [sumOf(Object.values(cold)), sumOf(Object.values(usual))] as const;
  return gbSeconds(COLD_SHARE * sums[0] + (1 - COLD_SHARE) * sums[1]);
}

function lambda({ activations }: Size): Usage {
  return { lambdaRequests: REQUESTS_EACH * activations, gbSeconds: computing() * activations };
}

function dynamoDb({ activations }: Size): Usage {
  return {
    writeUnits: (total('writeUnits') + total('indexUnits')) * activations,
    readUnits: total('readUnits') * activations,
  };
}

function kms({ activations }: Size): Usage {
  return { keys: KEYS, kmsRequests: total('kmsRequests') * activations };
}

function warm(): Usage {
  const calls = (WARM.functions * HOURS * 60) / WARM.everyMinutes;
  return {
    schedulerInvocations: calls,
    lambdaRequests: calls,
    gbSeconds: calls * gbSeconds(WARM.durationMs),
    readUnits: (calls / WARM.functions) * WARM.readUnits,
    kmsRequests: (calls / WARM.functions) * WARM.kmsRequests,
    ...logged(calls * LOGGED_BYTES.platform),
  };
}

function logs({ activations }: Size): Usage {
  const { platform, access } = LOGGED_BYTES;
  const requests = total('lineBytes') + REQUESTS_EACH * (platform + access);
  return logged(activations * (requests + EVENT.lineBytes + platform));
}

function logged(bytes: number): Usage {
  return { logGb: bytes / 1e9, logGbMonths: (LOG_MONTHS * bytes) / 1e9 };
}

/** A metric is billed for the hours in which it gets data: for all of them at most, and for one for each value at most. */
function metricHours(series: number, values: number): number {
  return Math.min(series * HOURS, values);
}

function metrics({ activations }: Size): Usage {
  const requests = REQUESTS_EACH * activations;
  return {
    metricHours: sumOf([
      metricHours(SERIES.outcomes, requests),
      metricHours(SERIES.endpoints, requests),
      metricHours(SERIES.causes + SERIES.filters, FAILING_SHARE * requests),
      metricHours(SERIES.events, SERIES.events * activations),
      metricHours(SERIES.health, SERIES.health * HEALTH.sweeps),
    ]),
  };
}

function transfer({ activations }: Size): Usage {
  return { transferGb: (total('answerBytes') * activations) / 1e9 };
}

function events({ activations }: Size): Usage {
  return {
    events: activations,
    lambdaRequests: activations,
    gbSeconds: EVENT.gbSeconds * activations,
  };
}

function health({ apps }: Size): Usage {
  const checks = HEALTH.sweeps * apps;
  const { readUnits, writeUnits, kmsRequests, gbSeconds: computed } = HEALTH.check;
  return {
    readUnits: readUnits * checks,
    writeUnits: writeUnits * checks,
    kmsRequests: kmsRequests * checks,
    gbSeconds: computed * checks,
  };
}

function fullMonitoring({ activations }: Size): Usage {
  const { metrics: each, routes } = ROUTE_METRICS;
  const values = each * REQUESTS_EACH * activations;
  return { dashboards: 1, metricHours: metricHours(each * routes, values) };
}

/** One more function, which is kept warm as the others are. */
function logins({ activations }: Size): Usage {
  const { platform, access } = LOGGED_BYTES;
  const calls = (warm().lambdaRequests ?? 0) / WARM.functions;
  return {
    apiRequests: activations,
    schedulerInvocations: calls,
    lambdaRequests: activations + calls,
    gbSeconds: activations * gbSeconds(LOGIN.warmMs) + calls * gbSeconds(WARM.durationMs),
    writeUnits: LOGIN.writeUnits * activations + calls,
    alarmMetrics: LOGIN.alarmMetrics,
    transferGb: (LOGIN.answerBytes * activations) / 1e9,
    ...logged(activations * (LOGIN.lineBytes + platform + access) + calls * platform),
  };
}

/** Of every invocation, though Lambda samples them where there are more than one a second. */
function tracing(size: Size): Usage {
  const ofSchedule = warm().lambdaRequests ?? 0;
  return { traces: (REQUESTS_EACH + 1) * size.activations + ofSchedule };
}

/** Requests to PIMs and to KMS; the functions that ask no PIM go past it. */
function natGateway(size: Size): Usage {
  const pimRequests = size.activations + HEALTH.sweeps * size.apps;
  const bytes = NETWORK_BYTES.pimRequest * pimRequests + kmsBytes(size);
  return { natHours: HOURS, addressHours: HOURS, natGb: bytes / 1e9 };
}

/** For a network without a way to the internet. */
function kmsEndpoint(size: Size): Usage {
  return { endpointHours: 2 * HOURS, endpointGb: kmsBytes(size) / 1e9 };
}

function kmsBytes(size: Size): number {
  const parts = [kms(size), warm(), health(size)];
  return NETWORK_BYTES.kmsRequest * sumOf(parts.map(({ kmsRequests }) => kmsRequests ?? 0));
}

/**
 * All of it. API Gateway bills no request that it refuses, but each is a line in the access log. Those that it lets
 * through begin a flow, for who floods may know a listed PIM.
 */
export function flood(): Usage {
  const { perSecond, seconds, letThrough } = FLOOD;
  const answered = letThrough.rate * seconds + letThrough.burst;
  const refused = perSecond * seconds - answered;
  const { readUnits, writeUnits, lineBytes } = REQUESTS.activate;
  const { answerBytes } = REQUESTS.refused;
  const { platform, access } = LOGGED_BYTES;
  return {
    apiRequests: answered,
    lambdaRequests: answered,
    gbSeconds: answered * gbSeconds(DURATIONS_MS.warm.activate),
    readUnits: answered * readUnits,
    writeUnits: answered * writeUnits,
    transferGb: (answered * answerBytes + refused * REFUSAL_BYTES) / 1e9,
    ...logged(answered * (lineBytes + platform + access) + refused * access),
  };
}
