import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { type Finding, fail, pass } from '../finding.ts';

/**
 * The oldest bootstrap stack that a deployment accepts: aws-cdk-lib writes it into the assembly of every stack.
 *
 * @see test/infra/preflight-names.test.ts
 */
export const LEAST_BOOTSTRAP_VERSION = 6;

/**
 * Checks that the CDK has been set up in the region: the bucket for the code of functions, and the roles that deploy.
 *
 * @param bootstrap the command that sets it up.
 * @see {@link https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html Bootstrapping}
 */
export async function checkBootstrap(
  client: SSMClient,
  qualifier: string,
  bootstrap: string,
): Promise<Finding> {
  const check = 'CDK bootstrap';
  const next = `Once for each account and region: ${bootstrap}`;
  const version = await bootstrapVersion(client, qualifier);
  if (version === undefined)
    return fail(check, 'the CDK has never been set up in this account and region', next);
  const detail = `version ${version}`;
  return Number(version) >= LEAST_BOOTSTRAP_VERSION
    ? pass(check, detail)
    : fail(check, `${detail}, and a deployment needs ${LEAST_BOOTSTRAP_VERSION} or later`, next);
}

async function bootstrapVersion(client: SSMClient, qualifier: string): Promise<string | undefined> {
  const command = new GetParameterCommand({ Name: `/cdk-bootstrap/${qualifier}/version` });
  try {
    return (await client.send(command)).Parameter?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
}
