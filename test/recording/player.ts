import type { LambdaProcess } from './lambda-process.ts';
import { maskDraws, maskFrames, maskPort } from './mask.ts';
import type { LambdaFunction, Product } from './product.ts';
import { BEGINNING, type Scenario, type Step, type Value } from './scenario.ts';
import type { Services } from './services.ts';
import type { Row, Rows } from './tables.ts';

/** What came of a scenario. */
export interface Recording {
  readonly name: string;
  readonly text: string;
  readonly requests: number;
  /** The `message` of each line of the log, with the kind of the answer. */
  readonly outcomes: readonly (readonly [message: string, kind: string])[];
}

interface Answer {
  readonly value?: {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly cookies?: readonly string[];
    readonly body?: string;
  };
  readonly error?: unknown;
}

const COOKIE = /^(__Host-[\w-]+)=([^;]*)/;

/** Plays scenarios, one at a time, against services of their own. */
export class Player {
  readonly #product: Product;
  readonly #services: Services;
  readonly #lambda: LambdaProcess;
  /** What stands for the words in braces. */
  #words = new Map<string, string>();
  #jar = new Map<string, string>();
  #outcomes: (readonly [string, string])[] = [];

  constructor(product: Product, services: Services, lambda: LambdaProcess) {
    this.#product = product;
    this.#services = services;
    this.#lambda = lambda;
    services.onHang = (port) => lambda.tellHanging(port);
  }

  /** Plays one and says what happened. */
  async play(scenario: Scenario): Promise<Recording> {
    const { name, rows = {}, secrets = {}, pims = {}, faults = [] } = scenario;
    const { host } = this.#services;
    this.#words = new Map(Object.entries(wordsOf(host)));
    this.#jar = new Map();
    this.#outcomes = [];
    const given = { rows: this.#filled(rowsOf(rows)), secrets, pims: this.#filled(pims), faults };
    await this.#services.begin(given);
    let before: Rows = await this.#services.rows();
    const steps: unknown[] = [];
    for (const [index, step] of scenario.steps.entries()) {
      const told = await this.#take(step, index, scenario);
      const after = await this.#services.rows();
      steps.push({ ...told, rows: differences(before, after) });
      before = after;
    }
    const record = { name, given: { ...given, env: scenario.env ?? {} }, steps };
    const text = `${JSON.stringify(record, written, 2)}\n`;
    const masked = maskDraws(maskPort(text, host), name);
    return { name, text: masked, requests: steps.length, outcomes: this.#outcomes };
  }

  async #take(step: Step, index: number, scenario: Scenario): Promise<object> {
    for (const [table, change] of Object.entries(step.edit ?? {})) await this.#edit(table, change);
    const event = this.#filled(this.#eventOf(step, index));
    const { lines, answer } = await this.#invoke(step, event, index, scenario);
    const log = lines.map(parsed);
    this.#remember(answer);
    this.#outcomes.push(...log.map((line) => [String(line['message']), kindOf(answer)] as const));
    const calls = this.#services.takeCalls();
    const { to, edit = {}, wait = 1000 } = step;
    const asked = { edit, wait, to, event };
    return scenario.isUnordered
      ? { ...asked, answer, log: counted(log), calls: counted(calls) }
      : { ...asked, answer: readable(answer), log, calls };
  }

  async #invoke(step: Step, event: unknown, index: number, { name, env }: Scenario) {
    const { bundle, variables, timeoutMs }: LambdaFunction = this.#product.functions[step.to];
    const { lines, answer } = await this.#lambda.send({
      ...(index === 0 && { begin: { seed: name, now: BEGINNING } }),
      invoke: {
        bundle,
        env: { ...variables, ...lambdaVariables(`http://${this.#services.host}`), ...env },
        event,
        requestId: `invocation-${index + 1}`,
        remainingMs: step.remainingMs ?? timeoutMs,
        wait: step.wait ?? 1000,
      },
    });
    return { lines, answer: answer as Answer };
  }

  #eventOf(step: Step, index: number): object {
    if (step.to === 'health' || step.to === 'events') return step.event ?? {};
    const cookies = step.cookies ?? [...this.#jar].map(([name, value]) => `${name}=${value}`);
    const routeKey = `GET /${step.to}`;
    return {
      version: '2.0',
      routeKey,
      rawPath: `/${step.to}`,
      rawQueryString: step.query ?? '',
      ...(cookies.length > 0 && { cookies }),
      headers: { host: 'app.example.com', ...step.headers },
      requestContext: {
        domainName: 'app.example.com',
        http: { method: 'GET', path: `/${step.to}`, sourceIp: '192.0.2.1' },
        requestId: `request-${index + 1}`,
        routeKey,
        stage: '$default',
      },
      isBase64Encoded: false,
      ...step.event,
    };
  }

  async #edit(short: string, change: Readonly<Record<string, Value | undefined>>): Promise<void> {
    for (const [table, rows] of Object.entries(await this.#services.rows()))
      for (const row of table.includes(short) ? rows : []) {
        const kept = Object.entries(row).filter(([name]) => !(name in change));
        const set = valuesOf(this.#filled(change));
        await this.#services.put(table, { ...Object.fromEntries(kept), ...(set as Row) });
      }
  }

  #remember({ value = {} }: Answer): void {
    const location = value.headers?.['location'] ?? '';
    this.#learn('state', /[?&]state=([^&]*)/.exec(location)?.[1]);
    this.#learn('flow', /[?&]flow=([^&]*)/.exec(location)?.[1]);
    for (const cookie of value.cookies ?? []) {
      const [, name = '', content = ''] = COOKIE.exec(cookie) ?? [];
      this.#jar.set(name, content);
      this.#learn('cookie', content);
    }
  }

  #learn(word: string, value: string | undefined): void {
    if (value === undefined) return;
    const count = [...this.#words.keys()].filter((key) => key.replace(/\d+$/, '') === word).length;
    this.#words.set(`${word}${Math.max(count, 1)}`, value);
    this.#words.set(word, value);
  }

  #filled<T>(value: T): T {
    const filled = JSON.stringify(value).replace(/\{(\w+)\}/g, (braces, word: string) =>
      JSON.stringify(this.#words.get(word) ?? braces).slice(1, -1),
    );
    return JSON.parse(filled) as T;
  }
}

function wordsOf(host: string): Record<string, string> {
  const PIM = `http://${host}`;
  return { HOST: host, host: encodeURIComponent(host), PIM, pim: encodeURIComponent(PIM) };
}

/** What Lambda sets, with every AWS service at one address. */
function lambdaVariables(services: string): Record<string, string> {
  return {
    HOME: '/nonexistent',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_SESSION_TOKEN: 'token',
    AWS_LAMBDA_FUNCTION_NAME: 'recorded',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_ENDPOINT_URL: services,
  };
}

function rowsOf(tables: NonNullable<Scenario['rows']>): Rows {
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [table, rows.map((row) => valuesOf(row) as Row)]),
  );
}

function valuesOf(row: Readonly<Record<string, Value | undefined>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, attribute(value)]));
}

function attribute(value: Value | undefined): unknown {
  if (typeof value === 'string') return { S: value };
  return typeof value === 'number' ? { N: String(value) } : value;
}

/** Rows that are gone and rows that are new; a changed one is both. */
function differences(before: Rows, after: Rows): Record<string, object> {
  const tables = Object.entries(after).map(([table, rows]) => {
    const [old, now] = [textsOf(before[table] ?? []), textsOf(rows)];
    const gone = old.filter((row) => !now.includes(row)).map(parsed);
    const come = now.filter((row) => !old.includes(row)).map(parsed);
    return [table, { gone, come }] as const;
  });
  return Object.fromEntries(tables.filter(([, { gone, come }]) => gone.length + come.length > 0));
}

function textsOf(rows: readonly Row[]): string[] {
  const sorted = (row: Row) =>
    Object.fromEntries(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
  return rows.map((row) => JSON.stringify(sorted(row))).sort();
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return { text };
  }
}

/** Each once, with how often it came; the number of a scan's segment tells nothing. */
function counted(values: readonly unknown[]): readonly unknown[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    const text = JSON.stringify(value).replace(/"Segment":\d+/, '"Segment":"any"');
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([text, times]) => ({ times, ...parsed(text) }));
}

/** The body line by line, for the sake of whoever compares two recordings. */
function readable(answer: Answer): unknown {
  const { body } = answer.value ?? {};
  return body === undefined
    ? answer
    : { ...answer, value: { ...answer.value, body: body.split('\n') } };
}

/** What is removed by hand is told, too. */
function written(key: string, value: unknown): unknown {
  return value === undefined ? '(removed)' : maskFrames(key, value);
}

function kindOf({ value }: Answer): string {
  const type = value?.headers?.['content-type'] ?? (value?.headers?.['location'] && 'redirect');
  return type?.split(';')[0] ?? 'none';
}
