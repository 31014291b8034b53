import { type Command, CommanderError } from 'commander';
import type { Clock } from '../functions/activation/ports.ts';
import { EXIT } from '../terminal/called.ts';
import { type Call, swallowedOption } from '../terminal/npm-options.ts';
import { explainError } from './explain-error.ts';
import { type OperatorError, PROGRAM, usageError } from './operator-error.ts';
import { CLIENT_SECRET_VARIABLE } from './pims/credentials.ts';
import { type OtherCommand, program } from './program.ts';
import { accountOpener, sessionOpener } from './session.ts';
import type { Io } from './terminal/io.ts';
import { colours, safeIo } from './terminal/text.ts';

/** Where and when a command runs. */
interface Terminal {
  readonly io: Io;
  readonly now: Clock;
  /** What the same program can do besides. */
  readonly others?: readonly OtherCommand[];
}

/**
 * Runs one command. Every failure ends here, as one line and a next step on `stderr`, never as a stack trace.
 *
 * @param argv without the interpreter and the script.
 * @returns the exit status.
 */
export async function run(
  argv: readonly string[],
  { io: terminal, now, others = [] }: Terminal,
): Promise<number> {
  const io = safeIo(terminal);
  const root = program(io, sessionOpener(io, now), accountOpener(io, now), others);
  try {
    refuseSecretArguments(argv);
    refuseSwallowedOptions(root, { argv, env: io.env });
    await root.parseAsync(helpAsOption(argv, root), { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (isPrinted(error)) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const explained =
      error instanceof CommanderError ? wrongUsage(error, argv, root) : explainError(error);
    printError(explained, io, argv.includes('--json'));
    return explained.exitCode;
  }
}

/**
 * `help pims add` means `pims add --help`; Commander's own `help` takes the first word alone.
 *
 * @throws {OperatorError} for a command that does not exist, of which Commander would show the help of all.
 */
function helpAsOption(argv: readonly string[], root: Command): string[] {
  if (argv[0] !== 'help') return [...argv];
  const words = argv.slice(1);
  if (
    words.every((word) => !word.startsWith('-')) &&
    namedCommands(words, root).length <= words.length
  )
    throw usageError(`There is no command ${words.join(' ')}.`, `See: ${PROGRAM} --help`);
  return [...words, '--help'];
}

const PRINTED = ['commander.helpDisplayed', 'commander.help', 'commander.version'];

/** Commander throws help and version as well, after it has printed them. */
function isPrinted(error: unknown): error is CommanderError {
  return error instanceof CommanderError && PRINTED.includes(error.code);
}

function printError({ kind, message, next }: OperatorError, io: Io, json: boolean): void {
  const paint = colours(io.stderr, io.env);
  io.stderr.write(
    json
      ? `${JSON.stringify({ error: { kind, message, next } }, undefined, 2)}\n`
      : `${paint.red('error:')} ${message}\n  ${paint.bold('next:')} ${next}\n`,
  );
}

/** `'--name=value'` as Commander quotes it. The value may be anything, quotes too, so it is never repeated. */
const OPTION_WITH_VALUE = /'(--?[\w-]+)=.*'/s;

/** Turns an error of Commander into one sentence and the help to read. */
function wrongUsage(
  { message }: CommanderError,
  argv: readonly string[],
  root: Command,
): OperatorError {
  const commands = namedCommands(argv, root);
  const next = `See: ${commands.map((command) => command.name()).join(' ')} --help`;
  const option = OPTION_WITH_VALUE.exec(message)?.[1];
  // Commander takes an option that it knows for unknown when it has a value and should have none.
  const isKnown = commands.some((command) => command.options.some(({ long }) => long === option));
  if (option !== undefined && isKnown) return usageError(`${option} takes no value.`, next);
  return usageError(sentence(message.replace(OPTION_WITH_VALUE, "'$1'")), next);
}

/** The commands that the arguments name, from the root to the last one that exists. */
function namedCommands(argv: readonly string[], root: Command): readonly Command[] {
  const commands = [root];
  for (const word of argv) {
    const child = commands.at(-1)?.commands.find((command) => command.name() === word);
    if (child) commands.push(child);
  }
  return commands;
}

function sentence(text: string): string {
  const [first = '', ...others] = text.replace(/^error: /, '').split('\n');
  return [`${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.$/, '')}.`, ...others].join(
    ' ',
  );
}

/**
 * Refuses options that never arrived: a command that was meant for one client id or one stack would act on others.
 *
 * @throws {OperatorError} naming the option.
 */
function refuseSwallowedOptions(root: Command, call: Call): void {
  const swallowed = swallowedOption(declaredOptions(root), PROGRAM, call);
  if (swallowed) throw usageError(swallowed.message, swallowed.next);
}

function declaredOptions(command: Command): string[] {
  return [
    ...command.options.map(({ flags }) => flags),
    ...command.commands.flatMap((child) => declaredOptions(child)),
  ];
}

/** The ways in which somebody would try to give a secret. */
const SECRET_OPTION = /^--?(client-?)?secret(=|$)/i;

/**
 * Refuses a secret in the arguments with the reason, instead of "unknown option", and without repeating it.
 *
 * @throws {OperatorError}
 */
function refuseSecretArguments(argv: readonly string[]): void {
  if (!argv.some((argument) => SECRET_OPTION.test(argument))) return;
  throw usageError(
    'A client secret is never taken as an argument: every user of this machine can read arguments, and the shell keeps them.',
    `Leave it out to be asked for it, or set ${CLIENT_SECRET_VARIABLE}. Regenerate the secret in the PIM if it was real.`,
  );
}
