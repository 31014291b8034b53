import { explainError, isAccessDenied } from '../explain-error.ts';
import { type Finding, fail, warning } from '../finding.ts';

/** What each check asks AWS with. Each of these rights reads; none changes anything or reads a secret. */
export const RIGHTS = {
  stack: 'cloudformation:DescribeStacks',
  template: 'cloudformation:GetTemplate',
  bootstrap: 'ssm:GetParameter',
  aliases: 'kms:ListAliases',
  parameters: 'ssm:GetParametersByPath',
  alarms: 'cloudwatch:DescribeAlarms',
  dashboard: 'cloudwatch:GetDashboard',
  tables: 'dynamodb:ListTables',
  concurrency: 'lambda:GetAccountSettings',
  logDelivery: 'logs:DescribeResourcePolicies',
  certificate: 'acm:DescribeCertificate',
  domainName: 'apigateway:GET',
  hostedZone: 'route53:GetHostedZone',
  record: 'route53:ListResourceRecordSets',
} as const;

/** A check that asks AWS. */
export interface Check {
  /** Its name in a line that says why it could not be made. */
  readonly name: string;
  /** What it asks with. */
  readonly right: (typeof RIGHTS)[keyof typeof RIGHTS];
  readonly run: () => Promise<Finding | readonly Finding[]>;
}

/**
 * Makes a check. Whatever AWS answers is a line of its own, so that the other checks go on: a missing right is a warning,
 * since nothing is known to be wrong, and all else is a failure.
 */
export async function make({ name, right, run }: Check): Promise<readonly Finding[]> {
  try {
    return [await run()].flat();
  } catch (error) {
    if (isAccessDenied(error))
      return [warning(name, `could not be checked: ${right} is missing`, ASK)];
    const { message, next } = explainError(error);
    return [fail(name, `could not be checked: ${message}`, next)];
  }
}

const ASK =
  'Have the right added, use a profile that has it (--profile), or make sure of it in the console.';
