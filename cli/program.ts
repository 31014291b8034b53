import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parseJsonObject } from '../functions/pim/send.ts';
import { DEFAULT_STACK_NAME } from '../functions/stack-outputs.ts';
import { CALLED } from '../terminal/called.ts';
import { COMMANDS, GROUPS } from './commands/index.ts';
import { PROGRAM, usageError } from './operator-error.ts';
import type { DefineCommand, OpenAccount, OpenSession } from './session.ts';
import type { Io } from './terminal/io.ts';

const AFTER_HELP = `
The first PIM:
  ${PROGRAM} preflight          checks the AWS account
  npx cdk deploy                    deploys the service
  ${PROGRAM} pims add https://pim.example.com
                                    prints the two URLs to register there, and
                                    takes the credentials that the PIM shows
  ${PROGRAM} doctor             checks the deployment
  ${PROGRAM} connections list   shows who has connected

Each command has its own help: ${PROGRAM} pims add --help
For programs, as JSON: ${CALLED.appQuietly} pims list --json
Exit status: 0 done, 1 failed, 2 wrong usage, 130 cancelled.
`;

const OPERATES =
  'Operates a deployed activation: lists PIMs, checks and removes connections, checks the deployment.';

/** What each command has beside its own options. */
const GLOBAL_OPTIONS = `
Global options: --stack <name>, --profile <name>, --region <region>, --json
`;

/** A command that somebody else carries out, for the help. */
export interface OtherCommand {
  readonly name: string;
  readonly summary: string;
}

/** The whole command line, ready to parse. */
export function program(
  io: Io,
  open: OpenSession,
  openAccount: OpenAccount,
  others: readonly OtherCommand[] = [],
): Command {
  const root = new Command(PROGRAM)
    .description(others.length > 0 ? `Runs an Akeneo App on this machine. ${OPERATES}` : OPERATES)
    .option('--stack <name>', 'name of the CloudFormation stack', DEFAULT_STACK_NAME)
    .option('--profile <name>', 'AWS profile, as in the AWS CLI')
    .option('--region <region>', 'AWS region of the stack, such as eu-west-1')
    .option('--json', 'print the result as JSON on stdout, and errors as JSON on stderr')
    .version(version(), '--version', 'print the version of this command line')
    .addHelpText('after', AFTER_HELP);
  configure(root, io);
  const attach = (parent: Command, commands: readonly DefineCommand[]) => {
    for (const define of commands)
      parent.addCommand(
        define(open, openAccount)
          .copyInheritedSettings(parent)
          .addHelpText('after', GLOBAL_OPTIONS),
      );
  };
  for (const { name, summary } of others) root.addCommand(standIn(name, summary));
  for (const { name, summary, description, commands } of GROUPS)
    attach(root.command(name).summary(summary).description(description), commands);
  attach(root, COMMANDS);
  return root;
}

/** Whoever carries the command out gets it when it stands first. What is before it counts for a deployment alone. */
function standIn(name: string, summary: string): Command {
  return new Command(name)
    .summary(summary)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      throw usageError(
        `What is written before ${name} is for commands that speak to AWS.`,
        `Write ${name} first: ${PROGRAM} ${name} --help`,
      );
    });
}

/** Commander writes help through `Io` and throws its errors, which `run` prints like all others. */
function configure(root: Command, io: Io): void {
  root.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    outputError: () => {},
    getOutHelpWidth: () => io.stdout.columns,
    getErrHelpWidth: () => io.stderr.columns,
  });
}

/** The version of this project, from its `package.json`. */
function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return String(parseJsonObject(text)['version']);
}
