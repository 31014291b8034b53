/** `akeneo-app-activation/local`: back ends on a developer's machine. See docs/back-ends.md. */
import { resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { ConnectionError, type Connections, openConnections } from '../reader/index.ts';
import { ENV_FILE, readEnvFile } from './env-file.ts';

/** Where `npm start -- --data <folder>` keeps its connections. */
export interface LocalConnectionsOptions {
  /** The folder that was given to `--data`, absolute or relative to the working directory of this process. */
  readonly dataFolder: string;
}

/**
 * Opens the connections that `npm start -- --data <folder>` keeps on this machine, whatever the environment of this
 * process is: as `openConnections` does with the variables of `<folder>/.env`. `npm start` must be running when the first
 * call is made.
 *
 * @throws {ConnectionError} `option_invalid` when the folder is not one that `npm start -- --data` has made.
 */
export function openLocalConnections({ dataFolder }: LocalConnectionsOptions): Connections {
  const env = keptEnvironment(dataFolder);
  const common = {
    region: env['AWS_REGION'] ?? '',
    credentials: {
      accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '',
    },
  };
  const clientOf = (name: string) => ({ ...common, endpoint: env[name] ?? '' });
  return openConnections({
    dynamoDb: new DynamoDBClient(clientOf('AWS_ENDPOINT_URL_DYNAMODB')),
    kms: new KMSClient(clientOf('AWS_ENDPOINT_URL_KMS')),
    env,
  });
}

function keptEnvironment(dataFolder: string): NodeJS.Dict<string> {
  const kept = readEnvFile(dataFolder);
  if (kept) return kept;
  const allowed = 'the folder that was given to npm start -- --data';
  const message = `The option dataFolder has to be ${allowed}; there is no ${ENV_FILE} in ${resolve(dataFolder)}.`;
  throw new ConnectionError('option_invalid', message);
}
