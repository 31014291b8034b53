import { parseArgs } from 'node:util';
import { swallowedOption } from '../../terminal/npm-options.ts';

/** What the command line asks for. */
export interface Options {
  /** Cold starts of each variant. */
  readonly runs: number;
  /** Warm requests of each endpoint. */
  readonly requests: number;
  /** Between the schedule's event and the request of a function that is kept warm, in seconds. */
  readonly pausesS: readonly number[];
  /** Ends with one line of JSON; the documentation's files stay as they are unless `write` is set. */
  readonly json: boolean;
  /** Measures what each technique of the bundles is worth, and nothing else. */
  readonly techniques: boolean;
  /** Writes docs/performance.json, docs/performance.svg and the tables of docs/performance.md. */
  readonly write: boolean;
  readonly help: boolean;
}

export const HELP = `Measures cold starts and warm requests of the functions as cdk synth bundles them.

  npm run bench                     the whole bench, about ten minutes
  npm run bench -- --quick          few runs: to see that it works, not to quote
  npm run bench -- --runs 40        cold starts of each variant (20)
  npm run bench -- --requests 4000  warm requests of each endpoint (2000)
  npm run bench -- --techniques     instead: cold starts with each technique of the bundles left out alone
  npm run bench -- --write          also writes the results into docs/
  npm run bench -- --json           one line of JSON at the end

Before the first run: npm ci --prefix test/node24 && npm ci --prefix test/bench/peers
With Lambda's runtime interface client (compiles C++): npm ci --prefix test/bench/ric`;

const OPTIONS = {
  runs: { type: 'string' },
  requests: { type: 'string' },
  quick: { type: 'boolean', default: false },
  techniques: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @throws {Error} naming the option that is not understood, or that npm has taken. */
export function readOptions(
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Options {
  const flags = Object.keys(OPTIONS).map((name) => `--${name}`);
  const swallowed = swallowedOption(flags, 'npm run bench --', { argv: args, env });
  if (swallowed) throw new Error(`${swallowed.message} ${swallowed.next}`);
  const { values } = parseArgs({
    args: [...args],
    options: OPTIONS,
  });
  const { quick, techniques, json, write, help } = values;
  return {
    runs: count('runs', values.runs ?? (quick ? '3' : '20')),
    requests: count('requests', values.requests ?? (quick ? '200' : '2000')),
    pausesS: quick ? [1] : [10, 30, 240],
    techniques,
    json,
    write,
    help,
  };
}

function count(name: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--${name} wants a whole number above 0.`);
  return Number(text);
}
