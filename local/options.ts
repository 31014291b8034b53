import { Command, InvalidArgumentError, Option } from 'commander';
import type { AppProps } from '../branding/app.ts';
import { knownLanguages } from '../functions/pages/known-languages.ts';
import { isMalformed } from '../functions/pim/malformed.ts';
import { parseUrl } from '../functions/pim/parse-url.ts';
import { PimUrl } from '../functions/pim/pim-url.ts';
import {
  formatScope,
  MAX_SCOPE_LENGTH,
  parseScope,
  type ScopeSet,
} from '../functions/pim/scopes.ts';
import { CALLED, EXIT } from '../terminal/called.ts';
import { swallowedOption } from '../terminal/npm-options.ts';
import { print } from '../terminal/printable.ts';
import { APP_OPTIONS, appOf } from './app-options.ts';
import { isListener } from './event-delivery.ts';
import { IDENTITY_OPTIONS, identityOf, type LoginUrls, readHttpUrl } from './identity-options.ts';
import { NETWORK_OPTIONS } from './network-options.ts';
import type { ChosenPorts } from './ports.ts';
import { LOCAL_PIM_URL_POLICY } from './registration.ts';

/** What `npm start` was asked to do. */
export interface StartOptions extends ChosenPorts {
  /** A real PIM; a simulated one is started if absent. */
  readonly pim?: PimUrl;
  /** The App's client id in the real PIM; asked for if absent. */
  readonly clientId?: string;
  readonly scopes: ScopeSet;
  readonly appUrl?: string;
  /** Where the App logs PIM users in; it is told of nobody if absent. */
  readonly login?: LoginUrls;
  /** The languages that pages may be in; all if absent. */
  readonly languages?: readonly string[];
  /** For a browser that asks for none of them; English if absent. */
  readonly defaultLanguage?: string;
  /** What the pages show of the App. */
  readonly app: AppProps;
  /** The folder that keeps the tables; they are in memory if absent. */
  readonly data?: string;
  /** A file, or the address of a listener, that gets the events. */
  readonly events?: string;
  /** Where everything listens beside localhost; nowhere if absent. */
  readonly host?: string;
  /** How browsers and the PIM reach the App; at localhost if absent. */
  readonly publicUrl?: string;
  /** How browsers and the App reach the simulated PIM; at localhost if absent. */
  readonly pimPublicUrl?: string;
  /** Confirms a host that other machines reach. */
  readonly dangerouslyAllowOtherMachines?: true;
  /** Asks for one line of JSON on standard output. */
  readonly json?: true;
}

/** What the App asks for unless it is told otherwise. */
export const DEFAULT_SCOPES = 'read_catalog_structure read_categories read_products write_products';

const OPTIONS: readonly Option[] = [
  ...NETWORK_OPTIONS,
  new Option('--pim <url>', 'use this PIM instead of a simulated one').argParser(readPim),
  new Option(
    '--client-id <id>',
    "the App's client id in that PIM (default: prints both URLs, then asks)",
  ),
  new Option('--scopes <list>', 'what the App asks for, in quotes, separated by blanks')
    .argParser(readScopes)
    .default(readScopes(DEFAULT_SCOPES), `"${DEFAULT_SCOPES}"`),
  new Option(
    '--app-url <url>',
    'where users go after connecting (default: a success page)',
  ).argParser(readHttpUrl),
  ...IDENTITY_OPTIONS,
  new Option(
    '--data <folder>',
    'keep everything in this folder, which holds nothing else (default: in memory)',
  ),
  new Option(
    '--languages <list>',
    'which languages pages may be in, such as de,fr (default: all)',
  ).argParser(readLanguages),
  new Option(
    '--default-language <tag>',
    'for a browser that asks for none of them (default: English)',
  ).argParser(readLanguage),
  new Option(
    '--events <file or URL>',
    'deliver the events there as EventBridge does: a line each, or a POST each',
  ).argParser(readEvents),
  ...APP_OPTIONS,
  new Option('--json', 'print one line of JSON on standard output when ready'),
];

const example = (command: string, words: string): string => `  ${command}\n      ${words}`;

const EXAMPLES = `
Examples:
${example(CALLED.dev, 'a simulated PIM, everything set up: open it and click "Connect"')}
${example(`${CALLED.devWith} --port 4000 --data .data`, 'other ports; keeps everything between starts')}
${example(`${CALLED.devWith} --identity`, 'tells the App who opens it')}
${example(CALLED.devQuietly, 'nothing but the JSON on standard output')}
${example(`${CALLED.devWith} --pim https://my.cloud.akeneo.com`, 'a real PIM: prints the two URLs to register there, then asks for the')}
      credentials that the PIM shows

The client secret comes from AKENEO_CLIENT_SECRET, or is asked for; it is never
an argument.`;

/**
 * Reads the arguments of `npm start`. Ends the process with a message and status 2 when they are
 * wrong, and with the help text and status 0 for `--help`.
 */
export function readStartOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): StartOptions {
  const command = startCommand();
  refuseSwallowed(command, argv, env);
  command.parse(argv, { from: 'user' });
  const given = command.opts<StartOptions>();
  const options = { ...given, ...identityOf(command), app: appOf(given) };
  if (options.host && !options.dangerouslyAllowOtherMachines)
    command.error(
      'error: --host opens tables, key and simulated PIM to other machines. Add --dangerously-allow-other-machines if you want that.',
    );
  if (options.dangerouslyAllowOtherMachines && !options.host)
    command.error('error: --dangerously-allow-other-machines needs --host, such as --host 0.0.0.0');
  if (options.clientId && !options.pim) command.error('error: --client-id needs --pim');
  const { languages, defaultLanguage } = options;
  if (languages && defaultLanguage && !languages.includes(defaultLanguage))
    command.error('error: --default-language has to be one of --languages');
  return options;
}

/**
 * A command whose help and errors, which repeat arguments, are safe to print. Wrong arguments end the process with the
 * status of wrong usage.
 */
export function safeCommand(name: string): Command {
  return new Command(name)
    .configureOutput({
      writeOut: (text) => print(process.stdout, text),
      writeErr: (text) => print(process.stderr, text),
    })
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.ok : EXIT.usage));
}

/** Ends the process with a message and the status of wrong usage for an option that npm has taken. */
export function refuseSwallowed(
  command: Command,
  argv: readonly string[] = process.argv.slice(2),
  env: NodeJS.ProcessEnv = process.env,
): void {
  const flags = command.options.map((option) => option.flags);
  const swallowed = swallowedOption(flags, command.name(), { argv, env });
  if (swallowed) command.error(`error: ${swallowed.message} ${swallowed.next}`);
}

function startCommand(): Command {
  const command = safeCommand(CALLED.devWith)
    .description('Run the activation of your Akeneo App on this machine.')
    .showHelpAfterError(
      `Such as ${CALLED.devWith} --port 4000. All options: ${CALLED.devWith} --help`,
    )
    .addHelpText('after', EXAMPLES);
  for (const option of OPTIONS) command.addOption(option);
  return command;
}

/** @throws {InvalidArgumentError} for an address that the local App refuses, with the reason. */
export function readPim(value: string): PimUrl {
  const parsed = PimUrl.parse(value, LOCAL_PIM_URL_POLICY);
  if (!isMalformed(parsed)) return parsed;
  throw new InvalidArgumentError(
    `It has to be the PIM's address, such as https://my.cloud.akeneo.com (${parsed.problem}).`,
  );
}

/**
 * Reads scopes that are separated by blanks. A PIM reports none of these mistakes: it accepts an empty list, and
 * drops a list with commas as one unknown scope.
 *
 * @throws {InvalidArgumentError} for an empty list, one with commas, and one that is too long for a PIM.
 */
export function readScopes(value: string): ScopeSet {
  const scopes = parseScope(value);
  if (scopes.length === 0) throw new InvalidArgumentError('An App needs at least one scope.');
  if (value.includes(',')) throw new InvalidArgumentError('Scopes are separated by blanks.');
  if (formatScope(scopes).length > MAX_SCOPE_LENGTH)
    throw new InvalidArgumentError(`A PIM takes at most ${MAX_SCOPE_LENGTH} characters.`);
  return scopes;
}

/** Reads tags of languages, separated by commas. @throws {InvalidArgumentError} for one without pages. */
export function readLanguages(value: string): readonly string[] {
  return value.split(/\s*,\s*/).map(readLanguage);
}

/** @throws {InvalidArgumentError} for a language in which there are no pages. */
export function readLanguage(value: string): string {
  if (knownLanguages().includes(value)) return value;
  throw new InvalidArgumentError(`There are pages in ${knownLanguages().join(', ')}.`);
}

/** @throws {InvalidArgumentError} for an address that nobody can have, or to which nobody can post. */
function readEvents(value: string): string {
  const isAddress = /^[a-z][a-z\d+.-]+:\/\//i.test(value);
  if (isAddress && !(isListener(value) && parseUrl(value)?.username === ''))
    throw new InvalidArgumentError('It has to be a file, or an http URL without a user.');
  return value;
}
