import { decimal, type FromContext, object } from './context-values.ts';
import { isAboveZero, isKnown, type Problem, problemIf } from './problems.ts';

/** How many requests the API lets through; more are answered with 429, each for the price of its line in the access log. */
export interface ThrottleProps {
  /** Requests a second in the long run. */
  readonly rateLimit: number;
  /** Requests that may come at once. */
  readonly burstLimit: number;
}

/**
 * Far above what PIM users do by hand: 35 requests in the first second. A new account's Lambda runs ten functions at once,
 * so no more requests than that come at once. This is no promise that ten are enough: other functions of the account run
 * too, and a callback waits for its PIM, up to 12 seconds for a slow one.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html Concurrency of a new account}
 */
export const DEFAULT_THROTTLE: ThrottleProps = { rateLimit: 25, burstLimit: 10 };

const LIMITS = object({
  rateLimit: decimal('throttleRate'),
  burstLimit: decimal('throttleBurst'),
});

/** `-c throttleRate=25` and `-c throttleBurst=50`. One of them is enough; the other one keeps its default. */
export const throttleFromContext: FromContext = {
  ...LIMITS,
  read: (node) => {
    const given = LIMITS.read(node);
    return given && { ...DEFAULT_THROTTLE, ...given };
  },
};

/** What is wrong with the limits. With one of zero every request would be refused. */
export function throttleProblems(throttle: unknown): readonly Problem[] {
  if (typeof throttle !== 'object' || throttle === null) return [];
  const { rateLimit, burstLimit }: { readonly [Name in keyof ThrottleProps]?: unknown } = throttle;
  return [
    ...problemIf(
      isKnown(rateLimit) && !isAboveZero(rateLimit),
      `throttle.rateLimit is ${JSON.stringify(rateLimit)}, which is no number above 0.`,
      'Write requests a second, on the command line -c throttleRate=25.',
    ),
    ...problemIf(
      isKnown(burstLimit) && !(isAboveZero(burstLimit) && Number.isInteger(burstLimit)),
      `throttle.burstLimit is ${JSON.stringify(burstLimit)}, which is no whole number above 0.`,
      'Write how many requests may come at once, on the command line -c throttleBurst=10.',
    ),
  ];
}

/** What is wrong with how often each endpoint may run at once. */
export function concurrencyProblems(reserved: unknown): readonly Problem[] {
  return problemIf(
    isKnown(reserved) && !(isAboveZero(reserved) && Number.isInteger(reserved)),
    `reservedConcurrency is ${JSON.stringify(reserved)}, which is no whole number above 0.`,
    'Write how often each endpoint may run at once, or leave it out to reserve nothing.',
  );
}
