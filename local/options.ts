import { Command, InvalidArgumentError } from 'commander';
import { parseUrl } from '../functions/pim/parse-url.ts';
import { PimOrigin } from '../functions/pim/pim-url.ts';
import {
  formatScope,
  MAX_SCOPE_LENGTH,
  parseScope,
  type ScopeSet,
} from '../functions/pim/scopes.ts';
import { LOCAL_PIM_URL_POLICY } from './local-app.ts';

/** What `npm start` was asked to do. */
export interface StartOptions {
  readonly port: number;
  readonly pim?: PimOrigin;
  readonly clientId?: string;
  readonly scopes: ScopeSet;
  readonly appUrl?: string;
  readonly data?: string;
  readonly json?: true;
}

const DEFAULT_SCOPES = 'read_catalog_structure read_categories read_products write_products';

const EXAMPLES = `
Examples:
  $ npm start                              a simulated PIM, everything set up: open it and click "Connect"
  $ npm start -- --port 4000 --data .data  another port; keep tables and tokens between starts
  $ npm start -- --pim https://my.cloud.akeneo.com --client-id 2ad8…
                                           a real PIM: register the printed URLs there as a custom app first

The client secret comes from AKENEO_CLIENT_SECRET, or is asked for; it is never an argument.`;

/**
 * Reads the arguments of `npm start`. Ends the process with a message and status 1 when they are
 * wrong, and with the help text and status 0 for `--help`.
 */
export function readStartOptions(argv: readonly string[]): StartOptions {
  const command = new Command('npm start --')
    .description('Run the activation of your Akeneo App on this machine.')
    .option('--port <number>', 'where the App listens on localhost', readPort, 3000)
    .option('--pim <url>', 'use this PIM instead of a simulated one', readPim)
    .option('--client-id <id>', "the App's client id in that PIM")
    .option(
      '--scopes <list>',
      'what the App asks for, separated by spaces',
      readScopes,
      parseScope(DEFAULT_SCOPES),
    )
    .option(
      '--app-url <url>',
      'where users go after connecting (default: a success page)',
      readAppUrl,
    )
    .option('--data <folder>', 'keep the tables there (default: in memory)')
    .option('--json', 'print one line of JSON on standard output when ready')
    .addHelpText('after', EXAMPLES)
    .parse(argv, { from: 'user' });
  const options = command.opts<StartOptions>();
  if (options.pim && !options.clientId)
    command.error("error: --pim needs --client-id, the App's client id that the PIM shows");
  if (options.clientId && !options.pim) command.error('error: --client-id needs --pim');
  return options;
}

function readPort(value: string): number {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65535) return port;
  throw new InvalidArgumentError('It has to be a number from 0 (any free port) to 65535.');
}

function readPim(value: string): PimOrigin {
  const parsed = PimOrigin.parse(value, LOCAL_PIM_URL_POLICY);
  if (parsed.ok) return parsed.pim;
  throw new InvalidArgumentError(
    `It has to be the PIM's address, such as https://my.cloud.akeneo.com (${parsed.problem}).`,
  );
}

/** What a PIM would take without a word: no scope at all, or a list with commas as the name of one scope. */
function readScopes(value: string): ScopeSet {
  const scopes = parseScope(value);
  if (scopes.length === 0) throw new InvalidArgumentError('An App needs at least one scope.');
  if (value.includes(',')) throw new InvalidArgumentError('Scopes are separated by blanks.');
  if (formatScope(scopes).length > MAX_SCOPE_LENGTH)
    throw new InvalidArgumentError(`A PIM takes at most ${MAX_SCOPE_LENGTH} characters.`);
  return scopes;
}

function readAppUrl(value: string): string {
  const url = parseUrl(value);
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new InvalidArgumentError('It has to be an absolute http or https URL.');
}
