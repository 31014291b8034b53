import type { Stack as DescribedStack } from '@aws-sdk/client-cloudformation';
import { type Finding, fail, pass, warning } from '../finding.ts';

/** How the commands of AWS and of the CDK are called for the same account. */
export interface Commands {
  /** `npx cdk …` with the profile and the region of the command line. */
  readonly cdk: (command: string) => string;
  /** The same for `aws …`. */
  readonly aws: (command: string) => string;
}

/**
 * Checks that a deployment may use the name of the stack: there is no stack of this name, or one of ours that can be
 * updated. Some states of an unfinished deployment need a command first.
 *
 * @see {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html Stack status codes}
 */
export function checkStackName(
  name: string,
  stack: DescribedStack | undefined,
  commands: Commands,
): Finding {
  if (!stack) return pass(CHECK, `${name} is free`);
  const status = stack.StackStatus ?? 'unknown';
  return (
    unfinished(name, stack, status, commands) ??
    (isOurs(stack)
      ? pass(CHECK, `${name} is deployed already (${status}), and a deployment updates it`)
      : fail(
          CHECK,
          `${name} is another stack (${status}), whose resources a deployment would delete`,
          'Choose another name: -c stackName=<name>, or stackName in akeneo-app.json.',
        ))
  );
}

const CHECK = 'Stack name';

/** Whether a stack that was deployed is one of this project, of whatever version. */
function isOurs({ Outputs = [] }: DescribedStack): boolean {
  return Outputs.some(({ OutputKey = '' }) => OutputKey.endsWith('ActivateUrl'));
}

/** Whether there is a stack that may have the names of its resources itself, in whatever state it is. */
export function hasResources(stack: DescribedStack | undefined): boolean {
  return !!stack && !/^(REVIEW_IN_PROGRESS|ROLLBACK_COMPLETE)$/.test(stack.StackStatus ?? '');
}

/** What has to be done before a deployment, in the states in which CloudFormation takes none. */
function unfinished(
  name: string,
  { EnableTerminationProtection: isProtected }: DescribedStack,
  status: string,
  { cdk, aws }: Commands,
): Finding | undefined {
  if (status === 'REVIEW_IN_PROGRESS')
    return pass(CHECK, `${name} is free: a change set was made for it and never carried out`);
  if (status.endsWith('_IN_PROGRESS'))
    return fail(CHECK, `${name} is being changed (${status})`, 'Wait until that has ended.');
  if (status.startsWith('ROLLBACK_')) {
    const detail = `the first deployment of ${name} has failed (${status})`;
    const unprotect = aws(
      `cloudformation update-termination-protection --stack-name ${name} --no-enable-termination-protection`,
    );
    return isProtected
      ? fail(
          CHECK,
          `${detail}, and what is left of it is protected`,
          `Let the next deployment delete it: ${unprotect}`,
        )
      : warning(CHECK, detail, 'The next deployment deletes what is left of it.');
  }
  if (status === 'DELETE_FAILED')
    return fail(
      CHECK,
      `the deletion of ${name} has failed (${status})`,
      `The events of the stack say why. Then delete it again: ${aws(`cloudformation delete-stack --stack-name ${name}`)}`,
    );
  if (status.endsWith('_FAILED'))
    return fail(
      CHECK,
      `the last deployment of ${name} has stopped halfway (${status})`,
      `Go back first: ${cdk('rollback')}`,
    );
  return undefined;
}
