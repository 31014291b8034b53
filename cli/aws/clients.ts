import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Where and as whom to call AWS; what is absent comes from the environment and `~/.aws`, as in the AWS CLI. */
interface AwsIdentity {
  readonly profile?: string;
  readonly region?: string;
}

/** One client a service; they connect when first used. */
export interface AwsClients {
  readonly cloudFormation: CloudFormationClient;
  readonly dynamoDb: DynamoDBClient;
  readonly kms: KMSClient;
  readonly secretsManager: SecretsManagerClient;
}

/**
 * How long one attempt waits for an answer to begin, in milliseconds. A person waits for it: three attempts end within
 * 15 seconds when the network is down. The slowest call, a page of a scan, begins to answer in less than a second.
 */
const ATTEMPT_MS = 5_000;

/** The clients that the commands share. @param attemptMs how long one attempt waits for an answer to begin. */
export function awsClients({ profile, region }: AwsIdentity, attemptMs = ATTEMPT_MS): AwsClients {
  const config = {
    ...limited(attemptMs),
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
  };
  return {
    cloudFormation: new CloudFormationClient(config),
    dynamoDb: new DynamoDBClient(config),
    kms: new KMSClient(config),
    secretsManager: new SecretsManagerClient(config),
  };
}

/** Without `throwOnRequestTimeout` the SDK only warns when `requestTimeout` has passed, and waits on. */
function limited(requestTimeout: number) {
  return {
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 3_000, requestTimeout, throwOnRequestTimeout: true },
  } satisfies DynamoDBClientConfig;
}
