import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Where and as whom to call AWS; what is absent comes from the environment and `~/.aws`, as in the AWS CLI. */
export interface AwsIdentity {
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

/** A person waits: a dead network is told within seconds, a slow page is still read. */
const PATIENCE = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000 },
} satisfies DynamoDBClientConfig;

/** The clients that the commands share. */
export function awsClients({ profile, region }: AwsIdentity): AwsClients {
  const config = {
    ...PATIENCE,
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
