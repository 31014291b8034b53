import {
  type CloudWatchLogsClient,
  DescribeResourcePoliciesCommand,
  type ResourcePolicy,
} from '@aws-sdk/client-cloudwatch-logs';
import { parseJsonObject } from '../../functions/pim/send.ts';
import { type Finding, fail, pass } from '../finding.ts';

/** What AWS keeps in a region of an account. @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html Quotas of CloudWatch Logs} */
const QUOTA = { policies: 10, characters: 5_120 };

/** The policy that AWS itself extends when a service is to write to a log group. */
const OF_AWS = 'AWSLogDeliveryWrite20150319';

/** What one more group takes of it: its ARN, with quotes and a comma. */
const CHARACTERS_OF_A_GROUP = 150;

/**
 * Checks that API Gateway will be let write the access log. Its group is below `/aws/vendedlogs/`, for which one right is
 * enough for all groups. Where that right is not there yet, the account's policies must have room for it, or the
 * deployment stops with “Policy document length…” or “Resource limit exceeded”.
 *
 * @see {@link https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-CWL.html Logs sent to CloudWatch Logs}
 */
export async function checkLogDelivery(client: CloudWatchLogsClient): Promise<Finding> {
  // All of them: there are fewer than fit in one answer.
  const { resourcePolicies: policies = [] } = await client.send(
    new DescribeResourcePoliciesCommand({}),
  );
  if (policies.some(coversVendedLogs))
    return pass(CHECK, 'API Gateway may write below /aws/vendedlogs/ already');
  const ofAws = policies.find(({ policyName }) => policyName === OF_AWS);
  return ofAws
    ? checkRoomForGroup(ofAws.policyDocument?.length ?? 0)
    : checkRoomForPolicy(policies.length);
}

const CHECK = 'Access log';

function checkRoomForPolicy(count: number): Finding {
  const used = `${count} of ${QUOTA.policies} policies`;
  if (count < QUOTA.policies)
    return pass(CHECK, `this region has room for the policy by which AWS writes it (${used})`);
  return fail(
    CHECK,
    `this region has no room for the policy by which AWS writes it (${used}), and none is for groups below /aws/vendedlogs/`,
    'Delete one that is no longer needed: `aws logs describe-resource-policies`, then `aws logs delete-resource-policy --policy-name <name>`.',
  );
}

function checkRoomForGroup(length: number): Finding {
  const used = `${length} of ${QUOTA.characters} characters`;
  if (length + CHARACTERS_OF_A_GROUP <= QUOTA.characters)
    return pass(CHECK, `the policy by which AWS writes it has room (${used})`);
  return fail(
    CHECK,
    `the policy by which AWS writes it, ${OF_AWS}, has no room for another log group (${used})`,
    `Take out the groups that no longer exist, or put one line in their place, for …:log-group:/aws/vendedlogs/*: \`aws logs describe-resource-policies\`, then \`aws logs put-resource-policy --policy-name ${OF_AWS}\`.`,
  );
}

function coversVendedLogs({ policyDocument = '' }: ResourcePolicy): boolean {
  const statements = [parseJsonObject(policyDocument)['Statement']].flat();
  return statements.some((statement) => {
    const { Effect, Principal, Resource }: Readonly<Record<string, unknown>> = Object(statement);
    const { Service }: Readonly<Record<string, unknown>> = Object(Principal);
    return (
      Effect === 'Allow' &&
      [Service].flat().includes('delivery.logs.amazonaws.com') &&
      [Resource]
        .flat()
        .some((arn) => /^\*$|:log-group:(\*|\/aws\/vendedlogs\/\*)/.test(String(arn)))
    );
  });
}
