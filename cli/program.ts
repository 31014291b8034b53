import { Command } from 'commander';
import { version } from './command-line/version.ts';
import { COMMANDS } from './commands/index.ts';
import type { Group } from './commands/operator-command.ts';
import { PROGRAM } from './program-name.ts';
import type { OpenSession } from './session.ts';
import { DEFAULT_STACK_NAME } from './stack.ts';
import type { Io } from './terminal/io.ts';

const GROUPS: Readonly<Record<Group, { readonly summary: string; readonly description: string }>> =
  {
    pims: {
      summary: 'say which PIMs may connect, and with which credentials',
      description:
        'The allow-list: which PIMs may connect, with which credentials and for which scopes.',
    },
    connections: {
      summary: 'see and check which PIMs have connected, and forget them',
      description:
        'The connections that PIM users made: who granted what, and whether it still works. Tokens are encrypted and never shown.',
    },
  };

const AFTER_HELP = `
The first PIM:
  1. npx cdk deploy                                     deploys the service
  2. ${PROGRAM} doctor                              prints the two URLs to register in the PIM
  3. ${PROGRAM} pims add https://pim.example.com    takes the credentials that the PIM then shows
  4. in the PIM: Connect > App Store > your App > Connect
  5. ${PROGRAM} connections list                    shows that it worked

Later:
  ${PROGRAM} connections check             do the tokens still work?
  ${PROGRAM} connections notify-scopes     after the App got more scopes
  ${PROGRAM} connections forget <pim>      when a contract ends
  Each command has its own help:  ${PROGRAM} connections check --help

For programs: "npm run --silent app -- pims list --json" prints JSON and nothing else.
Exit status: 0 done, 1 failed, 2 wrong usage, 130 cancelled.
`;

/** The whole command line, ready to parse. */
export function program(io: Io, open: OpenSession): Command {
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
  const groups = addGroups(root);
  for (const { group, define } of COMMANDS) attach(group ? groups[group] : root, define(open));
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

function addGroups(root: Command): Readonly<Record<Group, Command>> {
  const group = (name: Group) =>
    root.command(name).summary(GROUPS[name].summary).description(GROUPS[name].description);
  return { pims: group('pims'), connections: group('connections') };
}

function attach(parent: Command, command: Command): void {
  parent.addCommand(command.copyInheritedSettings(parent));
}
