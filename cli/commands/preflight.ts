import { Command } from 'commander';
import type { Finding } from '../finding.ts';
import { tellFindings } from '../finding.ts';
import { asArgument, failure, PROGRAM, usageError } from '../operator-error.ts';
import { RIGHTS } from '../preflight/check.ts';
import type { Account, DefineCommand, GlobalFlags } from '../session.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} preflight
  ${PROGRAM} --profile my-profile --region eu-west-1 preflight
  ${PROGRAM} preflight -c stage=development -c dangerouslyDestroyTables=true

It reads akeneo-app.json as \`cdk deploy\` of a checkout does, and -c wins over
it. Nothing is created or changed. Where a right is missing, the line says which
one, and the other checks go on. A role for it needs:
  ${Object.values(RIGHTS).join('\n  ')}
Exit status 1 when anything is red.
`;

/** Settings by their names, as `cdk deploy -c` takes them. */
type Context = Readonly<Record<string, string>>;

interface Flags extends GlobalFlags {
  readonly context?: Context;
}

/** Checks an account before the first deployment, line by line. */
export const preflight: DefineCommand = (_open, openAccount) =>
  new Command('preflight')
    .summary('check the AWS account before the first deployment')
    .description(
      'Checks settings, credentials and the AWS account before a deployment: what would stop it halfway is told in a line each, with what to do.',
    )
    .option('-c, --context <name=value>', 'a setting, as of `cdk deploy`; repeatable', setting)
    .addHelpText('after', AFTER_HELP)
    .action(async (_flags: unknown, command: Command) =>
      check(command, await openAccount(command)),
    );

async function check(command: Command, account: Account): Promise<void> {
  const flags = command.optsWithGlobals<Flags>();
  const isNamed = command.getOptionValueSourceWithGlobals('stack') !== 'default';
  const settings: Context = { ...(isNamed && { stackName: flags.stack }), ...flags.context };
  const commands = { cdk: called('npx cdk', flags), aws: called('aws', flags) };
  // Loads the CDK and the clients of six more services, which no other command needs.
  const { preflightFindings } = await import('../preflight/checks.ts').catch(explainMissing);
  const deploy = [commands.cdk('deploy'), ...Object.entries(settings).map(contextArgument)].join(
    ' ',
  );
  await tellFindings(
    preflightFindings(account, { ...flags, settings, commands }),
    account,
    (findings) => ({ command: `${PROGRAM} preflight`, allWell: allWell(findings, deploy) }),
  );
}

/** @throws {OperatorError} when the CDK is not installed where this command is. */
function explainMissing(error: unknown): never {
  if (error instanceof Error && error.name === 'MissingCdkError')
    throw failure(
      'The CDK is not installed beside this command, which reads the settings by it.',
      'In the folder of your CDK app: npm install --save-dev akeneo-app aws-cdk-lib constructs',
    );
  throw error;
}

/** How a program is called for the same account and region. */
function called(program: string, { profile, region }: Flags): (command: string) => string {
  const options = [
    ...(profile === undefined ? [] : [`--profile ${asArgument(profile)}`]),
    ...(region === undefined ? [] : [`--region ${asArgument(region)}`]),
  ];
  return (command) => [program, command, ...options].join(' ');
}

function contextArgument([name, value]: readonly [string, string]): string {
  return `-c ${asArgument(`${name}=${value}`)}`;
}

function allWell(findings: readonly Finding[], deploy: string): string {
  const isCertain = findings.every(({ next }) => next === undefined);
  return `\n${isCertain ? 'All is well.' : 'Nothing that was seen stops a deployment.'} Next: ${deploy}\n`;
}

/** @throws {OperatorError} for what is no setting and its value. */
function setting(raw: string, others: Context = {}): Context {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(raw) ?? [];
  if (name === undefined || value === undefined)
    throw usageError(
      'A setting is a name and a value with "=" between them.',
      `Write it as for \`cdk deploy\`: ${PROGRAM} preflight -c stage=development`,
    );
  return { ...others, [name]: value };
}
