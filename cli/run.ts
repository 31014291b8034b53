import { CommanderError } from 'commander';
import type { Clock } from '../functions/activation/ports.ts';
import { refuseSecretArguments } from './command-line/secret-arguments.ts';
import { refuseSwallowedOptions } from './command-line/swallowed-options.ts';
import { wrongUsage } from './command-line/wrong-usage.ts';
import { explainError } from './explain-error.ts';
import { EXIT, type OperatorError } from './operator-error.ts';
import { program } from './program.ts';
import { sessionOpener } from './session.ts';
import { colours } from './terminal/colours.ts';
import type { Io } from './terminal/io.ts';

/** What a run depends on. */
interface RunDeps {
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
    refuseSwallowedOptions(io.env);
    await root.parseAsync(helpAsOption(argv), { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (isPrinted(error)) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const explained =
      error instanceof CommanderError ? wrongUsage(error, argv, root) : explainError(error);
    printError(explained, io, argv.includes('--json'));
    return explained.exitCode;
  }
}

/** `help pims add` means `pims add --help`; Commander's own `help` takes the first word alone. */
function helpAsOption(argv: readonly string[]): string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv];
}

const PRINTED = ['commander.helpDisplayed', 'commander.help', 'commander.version'];

/** Help and version are thrown as well; they were printed already. */
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
