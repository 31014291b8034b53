import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parseJsonObject } from '../functions/pim/send.ts';
import { DEFAULT_STACK_NAME } from '../functions/stack-outputs.ts';
import { COMMANDS, GROUPS } from './commands/index.ts';
import { PROGRAM } from './operator-error.ts';
import type { DefineCommand, OpenAccount, OpenSession } from './session.ts';
import type { Io } from './terminal/io.ts';

const AFTER_HELP = `
The first PIM:
  1. ${PROGRAM} preflight                           checks the AWS account
  2. npx cdk deploy                                     deploys the service
  3. ${PROGRAM} pims add https://pim.example.com    prints the two URLs to register in the PIM, and
                                                        takes the credentials that it then shows
  4. ${PROGRAM} doctor                              checks the deployment
  5. in the PIM: Connect > App Store > your App > Connect
  6. ${PROGRAM} connections list                    shows that it worked

Later:
  ${PROGRAM} connections check             do the tokens still work?
  ${PROGRAM} connections notify-scopes     after the App got more scopes
  ${PROGRAM} pims move <old> <new>         when a PIM has got another address
  ${PROGRAM} connections forget <pim>      when a contract ends
  Each command has its own help:  ${PROGRAM} connections check --help

For programs: "npm run --silent app -- pims list --json" prints JSON and nothing else.
Exit status: 0 done, 1 failed, 2 wrong usage, 130 cancelled.
`;

/** The whole command line, ready to parse. */
export function program(io: Io, open: OpenSession, openAccount: OpenAccount): Command {
  const root = new Command(PROGRAM)
    .description(
      'Operates a deployed Akeneo App activation: lists PIMs, checks and removes connections, checks the deployment.',
    )
    .option('--stack <name>', 'name of the CloudFormation stack', DEFAULT_STACK_NAME)
    .option('--profile <name>', 'AWS profile, as in the AWS CLI')
    .option('--region <region>', 'AWS region of the stack, such as eu-west-1')
    .option('--json', 'print the result as JSON on stdout, and errors as JSON on stderr')
    .version(version(), '--version', 'print the version of this command line')
    .addHelpText('after', AFTER_HELP);
  configure(root, io);
  const attach = (parent: Command, commands: readonly DefineCommand[]) => {
    for (const define of commands)
      parent.addCommand(define(open, openAccount).copyInheritedSettings(parent));
  };
  for (const { name, summary, description, commands } of GROUPS)
    attach(root.command(name).summary(summary).description(description), commands);
  attach(root, COMMANDS);
  return root;
}

/** Commander writes help through `Io` and throws its errors, which `run` prints like all others. */
function configure(root: Command, io: Io): void {
  root
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
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
