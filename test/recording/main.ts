/**
 * `npm run record -- <folder>`: writes what the product does into files, so that two states of the code can be
 * compared with `diff -r`. It drives the product from outside only: the bundles and templates of `cdk synth`, and the
 * commands of `package.json`. Two recordings of the same code are the same, byte for byte.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { print } from '../../terminal/printable.ts';
import { recordHelp, recordStart } from './commands.ts';
import { LambdaProcess } from './lambda-process.ts';
import { Player, type Recording } from './player.ts';
import { type Product, productIn, sizesIn, synthesize, templateText } from './product.ts';
import type { Scenario } from './scenario.ts';
import { ACTIVATE } from './scenarios/activate.ts';
import { BACKGROUND } from './scenarios/background.ts';
import { CALLBACK } from './scenarios/callback.ts';
import { EXCHANGE } from './scenarios/exchange.ts';
import { Services } from './services.ts';

const USAGE = 'Usage: npm run record -- <folder>, which must not exist or be empty.';
/** One for each processor of a small machine. */
const LANES = 2;
/** A process of functions keeps the module of every cold start. */
const SCENARIOS_OF_A_PROCESS = 40;

/** Of every stack, by the name of its file; the functions that are run are the first one's. */
const STACKS: Readonly<Record<string, readonly string[]>> = {
  development: [
    'stage=development',
    'dangerouslyAllowHttpPimOnLoopback=true',
    'dangerouslyDestroyTables=true',
  ],
  production: [],
  everything: [
    'stackName=Connect',
    'alarmEmail=alarms@example.com',
    'domainName=connect.example.com',
    'certificateArn=arn:aws:acm:eu-west-1:111122223333:certificate/1',
    'hostedZoneId=Z1',
    'hostedZoneName=example.com',
    'healthCheck=on',
    'throttleRate=5',
    'throttleBurst=7',
    'memorySize=512',
    'backEndAccounts=444455556666,777788889999',
  ],
  least: ['healthCheck=off'],
};

/** Settings that are refused; the message is recorded. */
const REFUSED = [
  'stage=staging',
  'stackName=-',
  'alarmEmail=nobody',
  'domainName=Connect',
  'healthCheck=often',
  'throttleRate=0',
  'memorySize=much',
  'backEndAccounts=1',
  'backendAccounts=1',
  'dangerouslyDestroyTables=true',
];

class Recorder {
  readonly #folder: string;
  readonly #assemblies = mkdtempSync(join(tmpdir(), 'recording-'));
  readonly #counts = { requests: 0, helps: 0, templates: 0 };
  readonly #outcomes = new Map<string, Map<string, number>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async record(): Promise<string> {
    try {
      const development = await this.#template('development');
      await Promise.all([this.#others(), this.#play(productIn(development))]);
    } finally {
      rmSync(this.#assemblies, { recursive: true });
    }
    this.#write('outcomes.json', this.#outcomeTable());
    const { requests, helps, templates } = this.#counts;
    return `${requests} requests, ${helps} help texts, ${templates} templates`;
  }

  async #others(): Promise<void> {
    const { production = '' } = Object.fromEntries(
      await inTurn(Object.keys(STACKS).slice(1), async (name) => [
        name,
        await this.#template(name),
      ]),
    ) as Readonly<Record<string, string>>;
    this.#write('sizes.json', `${JSON.stringify(sizesIn(production), undefined, 2)}\n`);
    const { stderr } = await synthesize(join(this.#assemblies, 'refused'), REFUSED);
    this.#write('templates/refused.txt', stderr);
    const files = await recordHelp();
    for (const [name, text] of files) this.#write(name, text);
    this.#counts.helps = [...files.keys()].filter((name) => name.startsWith('help/')).length;
    const { text, requests } = await recordStart();
    this.#write('start.json', text);
    this.#counts.requests += requests;
  }

  async #template(name: string): Promise<string> {
    const outdir = join(this.#assemblies, name);
    const { exit, stderr } = await synthesize(outdir, STACKS[name] ?? []);
    if (exit !== 0) throw new Error(`cdk synth of ${name} failed:\n${stderr}`);
    this.#write(`templates/${name}.json`, templateText(outdir));
    this.#counts.templates += 1;
    return outdir;
  }

  async #play(product: Product): Promise<void> {
    const scenarios = [...EXCHANGE, ...CALLBACK, ...ACTIVATE, ...BACKGROUND];
    const names = new Set(scenarios.map(({ name }) => name));
    if (names.size < scenarios.length) throw new Error('Two scenarios have one name.');
    const lane = async () => {
      const services = await Services.start(product.tables);
      while (scenarios.length > 0) {
        const part = scenarios.splice(0, SCENARIOS_OF_A_PROCESS);
        for (const recording of await playAll(part, product, services)) this.#keep(recording);
      }
      services.close();
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  #keep({ name, text, requests, outcomes }: Recording): void {
    this.#write(`requests/${name}.json`, text);
    this.#counts.requests += requests;
    for (const [message, kind] of outcomes) {
      const kinds = this.#outcomes.get(message) ?? new Map<string, number>();
      this.#outcomes.set(message, kinds.set(kind, (kinds.get(kind) ?? 0) + 1));
    }
  }

  /** How often each outcome was met, by the kind of the answer. */
  #outcomeTable(): string {
    const lines = [...this.#outcomes].sort(byName).map(([message, kinds]) => {
      const counts = [...kinds].sort(byName).map(([kind, count]) => `"${kind}": ${count}`);
      return `  "${message}": { ${counts.join(', ')} }`;
    });
    return `{\n${lines.join(',\n')}\n}\n`;
  }

  #write(name: string, text: string): void {
    const file = join(this.#folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

async function playAll(
  scenarios: readonly Scenario[],
  product: Product,
  services: Services,
): Promise<readonly Recording[]> {
  const lambda = new LambdaProcess();
  const player = new Player(product, services, lambda);
  try {
    return await inTurn(scenarios, (scenario) => player.play(scenario));
  } finally {
    lambda.close();
  }
}

async function inTurn<T, U>(values: readonly T[], work: (value: T) => Promise<U>): Promise<U[]> {
  const results: U[] = [];
  for (const value of values) results.push(await work(value));
  return results;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function isUsable(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder).length === 0;
}

async function run([folder, ...others]: readonly string[]): Promise<void> {
  if (folder === undefined || folder.startsWith('-') || others.length > 0 || !isUsable(folder)) {
    print(process.stderr, `${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  print(process.stdout, `${await new Recorder(folder).record()}\n`);
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  // It may quote what a command has printed.
  print(process.stderr, `${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
