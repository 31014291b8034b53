import { type Command, CommanderError } from 'commander';
import type { Clock } from '../functions/activation/ports.ts';
import { explainError } from './explain-error.ts';
import { EXIT, type OperatorError, usageError } from './operator-error.ts';
import { program } from './program.ts';
import { PROGRAM } from './program-name.ts';
import { refuseSecretArguments } from './secret-arguments.ts';
import { sessionOpener } from './session.ts';
import { colours } from './terminal/colours.ts';
import type { Io } from './terminal/io.ts';

/** What a run depends on. */
export interface RunDeps {
  readonly io: Io;
  readonly now: Clock;
}

/**
 * Runs one command; every failure ends here, as one line and a next step on `stderr`, never as a stack trace.
 *
 * @param argv without the interpreter and the script.
 * @returns the exit status.
 */
export async function run(argv: readonly string[], { io, now }: RunDeps): Promise<number> {
  const root = program(io, sessionOpener(io, now));
  try {
    refuseSecretArguments(argv);
    await root.parseAsync([...argv], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (isHelp(error)) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const explained =
      error instanceof CommanderError ? wrongUsage(error, named(argv, root)) : explainError(error);
    printError(explained, io, argv.includes('--json'));
    return explained.exitCode;
  }
}

/** Help is thrown as well; it was printed already. */
function isHelp(error: unknown): error is CommanderError {
  return (
    error instanceof CommanderError &&
    (error.code === 'commander.helpDisplayed' || error.code === 'commander.help')
  );
}

/** Commander quotes an unknown option with its value; a value may be anything, so it is left out. */
function wrongUsage({ message }: CommanderError, command: string): OperatorError {
  const text = message.replace(/^error: /, '').replace(/'(--?[\w-]+)=[^']*'/, "'$1'");
  return usageError(sentence(text), `See: ${command} --help`);
}

/** The command that was meant, as far as it was named, for its help. */
function named(argv: readonly string[], root: Command): string {
  const words = [PROGRAM];
  let command: Command | undefined = root;
  for (const word of argv) {
    command = command.commands.find((child) => child.name() === word);
    if (!command) break;
    words.push(word);
  }
  return words.join(' ');
}

function sentence(text: string): string {
  const [first = '', ...others] = text.split('\n');
  return [`${first.charAt(0).toUpperCase()}${first.slice(1).replace(/\.$/, '')}.`, ...others].join(
    ' ',
  );
}

function printError({ kind, message, next }: OperatorError, io: Io, json: boolean): void {
  const paint = colours(io.stderr, io.env);
  io.stderr.write(
    json
      ? `${JSON.stringify({ error: { kind, message, next } }, undefined, 2)}\n`
      : `${paint.red('error:')} ${message}\n  ${paint.bold('next:')} ${next}\n`,
  );
}
