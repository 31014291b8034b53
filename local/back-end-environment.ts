import {
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK,
  LOGIN_URL,
  READER_ENVIRONMENT,
} from '../functions/environment.ts';
import { LOGINS } from '../functions/tables/logins.ts';
import { LOCAL_CREDENTIALS } from './store/aws-server.ts';
import type { EmbeddedDynamoDb } from './store/embedded-dynamodb.ts';
import type { KmsEndpoint } from './store/kms-endpoint.ts';

/** What a back end on this machine reads its connections with: variables by name. */
export type BackEndEnvironment = Readonly<Record<string, string>>;

/**
 * The variables with which a back end in any language finds DynamoDB and KMS here in place of AWS. The endpoints are those
 * that every SDK of AWS reads by itself.
 *
 * @see {@link https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html Service-specific endpoints}
 */
export function backEndEnvironment(app: {
  readonly dynamoDb: Pick<EmbeddedDynamoDb, 'address'>;
  readonly kms: Pick<KmsEndpoint, 'address'>;
  readonly loginUrl?: string | undefined;
}): BackEndEnvironment {
  const { endpoint, region, tables } = app.dynamoDb.address;
  return {
    AWS_REGION: region,
    // Python's SDK knows this name alone.
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    AWS_ENDPOINT_URL_KMS: app.kms.address.endpoint,
    [READER_ENVIRONMENT.table]: tables.connections,
    [READER_ENVIRONMENT.tokenKeyId]: app.kms.address.keyId,
    [READER_ENVIRONMENT.mayMark]: 'true',
    [DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK]: 'true',
    ...(app.loginUrl !== undefined && {
      [READER_ENVIRONMENT.loginsTable]: LOGINS.name,
      [LOGIN_URL]: app.loginUrl,
    }),
  };
}

/** The lines to paste into a terminal: of PowerShell on Windows, else of a POSIX shell. No value needs quotes. */
export function pasteLines(
  environment: BackEndEnvironment,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const line =
    platform === 'win32'
      ? (name: string, value: string) => `$env:${name} = '${value}'`
      : (name: string, value: string) => `export ${name}=${value}`;
  return Object.entries(environment).map(([name, value]) => line(name, value));
}
