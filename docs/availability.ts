import { EXCHANGE_BUDGET } from '../functions/pim/token-endpoint.ts';
import { DEFAULT_THROTTLE } from '../infra/configuration/throttle-settings.ts';
import { markdownTable, wrap } from './markdown.ts';
import { ACTIVATION, COLD_SHARE, DURATIONS_MS } from './usage.ts';

/** What AWS commits itself to for a month, in one region. */
interface Commitment {
  readonly service: string;
  /** The share of the month. */
  readonly uptime: number;
  readonly page: string;
}

const DYNAMODB: Commitment = commitment('DynamoDB', 0.9999, 'dynamodb');
const KMS: Commitment = commitment('KMS', 0.99999, 'kms');

const OF_THE_STACK: readonly Commitment[] = [
  commitment('API Gateway', 0.9995, 'api-gateway'),
  commitment('Lambda', 0.9995, 'lambda'),
  DYNAMODB,
  KMS,
];

/** What has to work at once, for whom. */
export const PATHS: readonly { readonly who: string; readonly needs: readonly Commitment[] }[] = [
  { who: 'A PIM user connects or opens the App', needs: OF_THE_STACK },
  {
    who: 'The same with a [firewall in front](firewall.md)',
    needs: [commitment('CloudFront', 0.999, 'cloudfront'), ...OF_THE_STACK],
  },
  { who: 'A back end reads a token', needs: [DYNAMODB, KMS] },
];

/** What this project sets itself for PIM users: below what the services give together, for faults of its own. */
export const GOAL = 0.998;

const MINUTES_A_MONTH = 730 * 60;

/** The share of a month in which all services work, if each fails by itself. */
export function uptimeOf(needs: readonly Pick<Commitment, 'uptime'>[]): number {
  return needs.reduce((product, { uptime }) => product * uptime, 1);
}

/** What the commitments come to, a line each path, and where AWS makes them. */
export function uptimeTable(): string {
  const rows = PATHS.map(({ who, needs }) => [
    who,
    needs.map(({ service, uptime }) => `${service} ${percent(uptime)}`).join(', '),
    percent(uptimeOf(needs)),
    String(Math.round((1 - uptimeOf(needs)) * MINUTES_A_MONTH)),
  ]);
  const table = markdownTable(['Who', 'Needs', 'Together', 'Minutes a month without'], rows, 2);
  const services = PATHS.flatMap(({ needs }) => needs);
  const pages = services.map(({ service, page }) => `[${service}](${page})`);
  return `${table}\n\n${wrap(`The commitments: ${[...new Set(pages)].join(', ')}.`)}`;
}

/** The goal, and what it leaves. */
export function goalText(): string {
  const minutes = Math.round((1 - GOAL) * MINUTES_A_MONTH);
  return wrap(
    `**The goal: ${percent(GOAL)} of the requests of a calendar month are answered without a fault of ours.** That is ${minutes} minutes a month in which nobody can connect, or one request of ${Math.round(1 / (1 - GOAL))} that fails.`,
  );
}

/** Concurrent functions of a new account, of all its functions together. */
export const NEW_ACCOUNT = 10;
/** What may run beside: the health check and the stream's consumer, one each. */
const OTHERS = 2;
/** One request in so many may be refused. */
const ONE_IN = 1_000;

/** How long an activation occupies functions on average, in seconds. */
function busySeconds(callbackMs: number): number {
  const sum = ({ activate, callback, page }: Readonly<Record<string, number>>) =>
    (activate ?? 0) + (callback ?? 0) + (page ?? 0);
  const { cold, warm } = DURATIONS_MS;
  const usual = COLD_SHARE * sum(cold) + (1 - COLD_SHARE) * sum(warm);
  return (usual - warm.callback + callbackMs) / 1_000;
}

/**
 * The share of requests that find all functions busy, by Erlang's formula B: arrivals are random, and whoever finds none
 * free is refused.
 *
 * @param load how many would be busy on average if nobody was refused.
 */
export function refusedShare(functions: number, load: number): number {
  let share = 1;
  for (let count = 1; count <= functions; count += 1)
    share = (load * share) / (count + load * share);
  return share;
}

/** The load at which at most that share of the requests is refused. */
function bearableLoad(functions: number, share: number): number {
  let [low, high] = [0, functions];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (refusedShare(functions, middle) > share) high = middle;
    else low = middle;
  }
  return low;
}

/** What a new account carries, in activations. */
export function newAccountLoad() {
  const people = NEW_ACCOUNT - OTHERS;
  const load = bearableLoad(people, 1 / ONE_IN);
  const usual = busySeconds(DURATIONS_MS.warm.callback);
  const slow = busySeconds(EXCHANGE_BUDGET.totalMs);
  return {
    atOnce: Math.min(people, DEFAULT_THROTTLE.burstLimit),
    perSecond: Math.floor(load / usual),
    perMinuteIfSlow: Math.floor((60 * load) / slow),
    load,
    usual,
    slow,
  };
}

/** The load that a new account survives, with how it comes about. */
export function loadText(): string {
  const { atOnce, perSecond, perMinuteIfSlow, load, usual, slow } = newAccountLoad();
  const { rateLimit, burstLimit } = DEFAULT_THROTTLE;
  const requests = ACTIVATION.length;
  return wrap(
    [
      `**A new account survives ${perSecond} activations a second**, ${(perSecond * 3_600).toLocaleString('en')} an hour, and ${atOnce} people who click at the same moment. While every PIM takes ${EXCHANGE_BUDGET.totalMs / 1_000} seconds to answer, it survives ${perMinuteIfSlow} activations a minute. “Survives” means that of ${ONE_IN.toLocaleString('en')} requests at most one is refused.`,
      '',
      `- Such an account runs ${NEW_ACCOUNT} functions at once. The health check and the events may each take one, so ${NEW_ACCOUNT - OTHERS} are left for people. Of ${burstLimit} requests at the same moment, which \`throttleBurst\` lets through, ${burstLimit - atOnce} may find none.`,
      `- An activation occupies a function for ${usual.toFixed(2)} seconds in all, by the durations that [the costs](operate.md#what-it-costs) are calculated with; ${slow.toFixed(1)} seconds when the PIM uses up all the time that the callback gives it.`,
      `- ${NEW_ACCOUNT - OTHERS} functions refuse one request of ${ONE_IN.toLocaleString('en')} when ${load.toFixed(2)} of them are busy on average (Erlang's formula B, for requests that come at random). ${load.toFixed(2)} / ${usual.toFixed(2)} are ${(load / usual).toFixed(1)} activations a second, ${load.toFixed(2)} / ${slow.toFixed(1)} are ${((60 * load) / slow).toFixed(1)} a minute.`,
      `- An activation is ${requests} requests, so ${perSecond} a second are ${requests * perSecond} requests of the ${rateLimit} that \`throttleRate\` lets through. With the usual quota of 1,000 functions the gateway's limits come first: ${rateLimit} requests a second are ${Math.floor(rateLimit / requests)} activations. Raise them for more.`,
    ].join('\n'),
  );
}

function commitment(service: string, uptime: number, name: string): Commitment {
  return { service, uptime, page: `https://aws.amazon.com/${name}/sla/` };
}

/** With three digits after the point at most. */
function percent(share: number): string {
  return `${Number((100 * share).toFixed(3))} %`;
}
