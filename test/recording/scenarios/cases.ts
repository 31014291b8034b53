import type { Scenario, Step } from '../scenario.ts';
import type { PimAnswer } from '../services.ts';

/** What is asked for by the rows below. */
export const SCOPES = 'read_catalog_structure read_products write_categories';
/** A row of the allow-list. */
export const LISTED = { pim: '{PIM}', clientId: 'client', scopes: SCOPES };
/** The name of the browser's cookie. */
export const COOKIE = '__Host-akeneo-app-browser-kkkkkkkk';
/** A cookie's value as the functions make them. */
export const KEY = 'k'.repeat(43);

/** Each scenario twice: as a browser asks, and as a program does. */
export function asBrowserAndProgram(scenarios: readonly Scenario[]): readonly Scenario[] {
  const accepting = (accept: string, end: string) =>
    scenarios.map(({ name, steps, ...rest }) => ({
      ...rest,
      name: `${name}.${end}`,
      steps: steps.map((step) => ({ ...step, headers: { accept, ...step.headers } })),
    }));
  return [
    ...accepting('text/html,application/xhtml+xml,*/*;q=0.8', 'html'),
    ...accepting('application/json', 'json'),
  ];
}

/** Scenarios of one kind with what makes each different. */
export function table<T>(
  group: string,
  cases: Readonly<Record<string, T>>,
  scenario: (one: T) => Omit<Scenario, 'name'>,
): readonly Scenario[] {
  return Object.entries(cases).map(([name, one]) => ({
    ...scenario(one),
    name: `${group}/${name}`,
  }));
}

/** The same, named by their number. */
export function list<T>(
  group: string,
  cases: readonly T[],
  scenario: (one: T) => Omit<Scenario, 'name'>,
): readonly Scenario[] {
  const named = cases.map((one, index) => [String(index + 1).padStart(3, '0'), one] as const);
  return table(group, Object.fromEntries(named.map(([name, one]) => [`n${name}`, one])), scenario);
}

/** Clicks "Connect" or "Open app". */
export const OPEN: Step = { to: 'activate', query: 'pim_url={pim}' };
/** The PIM sends the browser back. */
export const BACK: Step = { to: 'callback', query: 'state={state}&code=CODE', wait: 8_000 };
/** The page at the end. */
export const SHOW: Step = { to: 'callback', query: 'flow={flow}' };
/** Leaves 1.3 s for the exchange: three attempts, with pauses of 200 and 400 ms. */
export const SOON: Step = { ...BACK, remainingMs: 4_300 };

const TOKEN = 'TOKEN'.repeat(17);

/** What a PIM grants. */
export function granted(changes: Readonly<Record<string, unknown>> = {}): PimAnswer {
  const whole = { access_token: TOKEN, token_type: 'bearer', scope: SCOPES, ...changes };
  return { body: JSON.stringify(whole) };
}

/** An error of the token endpoint. */
export function refusal(error: unknown, status = 400): PimAnswer {
  return { status, body: JSON.stringify({ error, error_description: 'not quoted' }) };
}

/** A listed PIM with a secret, which grants. */
export const READY = {
  rows: { Pims: [LISTED] },
  secrets: { client: ['SECRET'] },
  pims: { '': [granted()] },
} satisfies Omit<Scenario, 'name' | 'steps'>;

/** A callback in the world of a scenario: after the right browser has opened the App. */
export function ways(
  changes: Omit<Scenario, 'name' | 'steps'>,
  ...steps: readonly Step[]
): Omit<Scenario, 'name'> {
  return { ...READY, ...changes, steps: [OPEN, ...steps] };
}
