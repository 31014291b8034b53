import { Duration } from 'aws-cdk-lib';
import { type FromContext, textIn } from './context-values.ts';
import { type Problem, problemIf } from './problems.ts';

/** What can be chosen about the checks of connected PIMs; nothing has to be. */
export interface HealthCheckProps {
  /**
   * Whether connected PIMs are checked on a schedule.
   *
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * How often every connection is checked; from an hour to a week. A dead token is marked after two checks.
   *
   * @default - every six hours
   */
  readonly every?: Duration;
}

/** {@link HealthCheckProps} with every default filled in. */
export type HealthCheckSettings = Required<HealthCheckProps>;

/** Four checks a day: a dead token is marked within half a day, and a PIM hardly notices. */
const DEFAULT_EVERY = Duration.hours(6);

/** Three attempts of a quarter of an hour each, and the pauses between them, fit into an hour. */
const SHORTEST_MINUTES = 60;
const LONGEST_MINUTES = 7 * 24 * 60;

/** `-c healthCheck=off` or `on`. */
export const healthCheckFromContext: FromContext = {
  names: ['healthCheck'],
  read: (node) => {
    const value = textIn(node, 'healthCheck');
    if (value === 'on') return undefined;
    return value === 'off' ? { enabled: false } : value;
  },
};

/** Fills in the defaults. */
export function healthCheckSettings(props: HealthCheckProps = {}): HealthCheckSettings {
  return { enabled: props.enabled ?? true, every: props.every ?? DEFAULT_EVERY };
}

/** Everything about the props that cannot be deployed; also called with unchecked values. */
export function healthCheckProblems(props: unknown = {}): readonly Problem[] {
  return isHealthCheckProps(props) ? everyProblems(props.every) : [meansNothing(props)];
}

function isHealthCheckProps(props: unknown): props is HealthCheckProps {
  if (typeof props !== 'object' || props === null) return false;
  const { enabled, every }: { readonly enabled?: unknown; readonly every?: unknown } = props;
  return (
    (enabled === undefined || typeof enabled === 'boolean') &&
    (every === undefined || isDuration(every))
  );
}

/** By what it can do: a CDK app may have a copy of the CDK of its own, whose `Duration` is another class. */
function isDuration(value: unknown): value is Duration {
  if (typeof value !== 'object' || value === null) return false;
  return ['toMinutes', 'isUnresolved'].every(
    (name) => typeof Reflect.get(value, name) === 'function',
  );
}

function everyProblems(every: Duration | undefined): readonly Problem[] {
  if (every === undefined) return [];
  // The alarm and the retries are computed from it, so it has to be known before the deployment.
  const minutes = every.isUnresolved() ? Number.NaN : every.toMinutes({ integral: false });
  return problemIf(
    !Number.isInteger(minutes) || minutes < SHORTEST_MINUTES || minutes > LONGEST_MINUTES,
    `healthCheck.every is ${every.toString()}.`,
    'Write whole minutes, from Duration.hours(1) to Duration.days(7).',
  );
}

function meansNothing(props: unknown): Problem {
  return {
    what: `healthCheck is ${JSON.stringify(props)}.`,
    fix: 'Write -c healthCheck=off, or in code { enabled: false } or { every: Duration.hours(12) }; leave it out, or write on, for every six hours.',
  };
}
