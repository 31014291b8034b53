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

/** What can be chosen about keeping the endpoints warm; nothing has to be. */
export interface KeepWarmProps {
  /**
   * Whether both endpoints are invoked on a schedule, so that PIM users do not wait for cold functions.
   *
   * @default - true
   */
  readonly enabled?: boolean;
  /**
   * How often; from a minute to an hour. Lambda keeps an idle function for some five to ten minutes.
   *
   * @default - every four minutes
   */
  readonly every?: Duration;
}

/** Something that the stack does on a schedule, with every default filled in. */
export type ScheduleSettings = Required<HealthCheckProps & KeepWarmProps>;

/** A prop that is a schedule: how the context gives it, which values it takes, and its defaults. */
export interface ScheduleSetting {
  /** `-c <name>=off` or `on`. */
  readonly context: FromContext;
  /** Everything about a value that cannot be deployed; also called with unchecked values. */
  check(props: unknown): readonly Problem[];
  /** Fills in the defaults. */
  settings(props?: HealthCheckProps | KeepWarmProps): ScheduleSettings;
}

/** Four checks a day: a dead token is marked within half a day, and a PIM hardly notices. */
export const HEALTH_CHECK = scheduleSetting('healthCheck', Duration.hours(6), {
  // Three attempts of a quarter of an hour each, and the pauses between them, fit into an hour.
  shortest: Duration.hours(1),
  longest: Duration.days(7),
});

/** Below the five minutes after which the first idle functions go. */
export const KEEP_WARM = scheduleSetting('keepWarm', Duration.minutes(4), {
  shortest: Duration.minutes(1),
  longest: Duration.hours(1),
});

interface Limits {
  readonly shortest: Duration;
  readonly longest: Duration;
}

function scheduleSetting(name: string, usual: Duration, limits: Limits): ScheduleSetting {
  return {
    context: { names: [name], read: (node) => fromContext(textIn(node, name)) },
    check: (props = {}) =>
      isScheduleProps(props)
        ? everyProblems(name, props.every, limits)
        : [meansNothing(name, props, usual)],
    settings: (props = {}) => ({ enabled: props.enabled ?? true, every: props.every ?? usual }),
  };
}

function fromContext(value: string | undefined): unknown {
  if (value === 'on') return undefined;
  return value === 'off' ? { enabled: false } : value;
}

function isScheduleProps(props: unknown): props is HealthCheckProps | KeepWarmProps {
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

function everyProblems(
  name: string,
  every: Duration | undefined,
  { shortest, longest }: Limits,
): readonly Problem[] {
  if (every === undefined) return [];
  // The alarms and the retries are computed from it, so it has to be known before the deployment.
  const minutes = every.isUnresolved() ? Number.NaN : every.toMinutes({ integral: false });
  const [least, most] = [shortest.toMinutes(), longest.toMinutes()];
  return problemIf(
    !Number.isInteger(minutes) || minutes < least || minutes > most,
    `${name}.every is ${every.toString()}.`,
    `Write whole minutes, from ${inCode(shortest)} to ${inCode(longest)}.`,
  );
}

function meansNothing(name: string, props: unknown, usual: Duration): Problem {
  return {
    what: `${name} is ${JSON.stringify(props)}.`,
    fix: `Write -c ${name}=off, or in code { enabled: false } or { every: ${inCode(usual.plus(usual))} }; leave it out, or write on, for ${inCode(usual)}.`,
  };
}

/** As code writes it: `Duration.hours(6)`. */
function inCode(duration: Duration): string {
  const [amount, unit] = duration.toHumanString().split(' ');
  return `Duration.${unit?.replace(/s?$/, 's')}(${amount})`;
}
