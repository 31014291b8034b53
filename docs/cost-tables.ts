import {
  ADDED,
  flood,
  ITEMS,
  type Item,
  monthlyCost,
  priceOf,
  SIZES,
  type Size,
  type Usage,
} from './cost.ts';
import { markdownTable, wrap } from './markdown.ts';
import { PRICES, PRICES_KNOWN, PRICES_REGION, type Price, pageOf } from './prices.ts';
import { COLD_SHARE, DURATIONS_MS, FLOOD, MEMORY_MB } from './usage.ts';

/** The rows of a month, and their sum. */
export function costTable(): string {
  const sum = SIZES.map((size) => `**${cents(monthlyCost(size))}**`);
  const rows = [...ITEMS.map(rowOf), ['**Sum**', '', ...sum]];
  return `${introduction()}\n\n${table(rows)}`;
}

/** What comes on top. */
export function addedTable(): string {
  return table(ADDED.map(rowOf));
}

/** Why a flood costs something. */
export function floodText(): string {
  const { letThrough } = FLOOD;
  const refused = PRICES.logGb.usd * ((flood().logGb ?? 0) / priceOf(flood()));
  return wrap(
    `Of a flood the gateway lets ${letThrough.rate} requests a second through and refuses the others. AWS says that it bills no refused request, but each is a line in the access log: ${Math.round(100 * refused)} % of the price is for taking the lines in. A higher \`throttleRate\` raises only the rest.`,
  );
}

/** Every price, with the page that has it. */
export function pricesTable(): string {
  const rows = Object.values<Price>(PRICES).map((price) => [
    `[${price.service}](${pageOf(price)})`,
    price.things,
    String(price.usd),
    price.per.toLocaleString('en'),
  ]);
  return markdownTable(['Service', 'What is counted', 'US dollars', 'For'], rows, 2);
}

/** What an activation costs where there are many. */
export function millionText(): string {
  const million: Size = { activations: 1_000_000, apps: 0 };
  const parts = ITEMS.map(({ name, usage }) => [name, addedBy(usage, million)] as const)
    .filter(([, dollars]) => dollars >= 0.005)
    .map(([name, dollars]) => `${name.replace(/[:,].*/, '')} ${cents(dollars)}`);
  const sum = monthlyCost(million) - monthlyCost(NONE);
  return wrap(
    `A million activations cost **${cents(sum)} US dollars** on top of what a deployment costs that nobody uses: ${parts.join(', ')}.`,
  );
}

const NONE: Size = { activations: 0, apps: 0 };

function introduction(): string {
  const apps = SIZES.map((size) => size.apps).join(', ');
  const shown = (times: typeof DURATIONS_MS.cold | typeof DURATIONS_MS.warm) =>
    `${times.activate}, ${times.callback} and ${times.page} ms`;
  return wrap(
    `A month in US dollars, without any free tier, for ${apps} custom Apps, each of a PIM of its own; an App Store App in as many PIMs costs the same. The [prices](#prices) are AWS's list prices for ${PRICES_REGION} as known in ${PRICES_KNOWN}; eu-west-1 is up to a fifth dearer. Check them in the AWS Pricing Calculator before you rely on a sum. An _activation_ is one “Connect” or “Open app” up to the success page: three requests. Their calls are counted by a test. Their durations at ${MEMORY_MB} MB are assumed: ${shown(DURATIONS_MS.warm)} for activate, callback and the success page, and ${shown(DURATIONS_MS.cold)} in a cold function, which at most ${100 * COLD_SHARE} % of the requests meet.`,
  );
}

function table(rows: readonly (readonly string[])[]): string {
  const sizes = SIZES.map(({ activations }) => activations.toLocaleString('en'));
  return markdownTable(['A month', 'For each activation', ...sizes], rows, sizes.length);
}

function rowOf({ name, usage }: Item): string[] {
  return [name, eachOf(usage), ...SIZES.map((size) => cents(priceOf(usage(size))))];
}

/** What one more activation uses. The hours of metrics are not proportional, and a month of keeping says nothing new. */
function eachOf(usage: Item['usage']): string {
  const { metricHours: _hours, logGbMonths: _months, ...one } = usage({ activations: 1, apps: 0 });
  const before: Usage = usage(NONE);
  // `Object.keys` forgets the literal keys of the record.
  const names = Object.keys(one) as (keyof typeof one)[];
  return names
    .map((name) => [name, (one[name] ?? 0) - (before[name] ?? 0)] as const)
    .filter(([, amount]) => amount > 0)
    .map(([name, amount]) => amountText(amount, PRICES[name].things))
    .join(', ');
}

function amountText(amount: number, things: string): string {
  if (things.startsWith('GB ')) return `${(amount * 1e6).toFixed(1)} KB`;
  const rounded = Number(amount.toFixed(2));
  return `${rounded} ${rounded === 1 ? things.replace(/s\b/, '') : things}`;
}

function addedBy(usage: Item['usage'], size: Size): number {
  return priceOf(usage(size)) - priceOf(usage(NONE));
}

function cents(dollars: number): string {
  return dollars.toFixed(2);
}
