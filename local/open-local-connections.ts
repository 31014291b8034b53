import { resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { ConnectionError, type Connections, openConnections } from '../reader/index.ts';
import { CALLED } from '../terminal/called.ts';
import { ENV_FILE, readEnvFile } from './env-file.ts';

/** Which local App. */
export type LocalConnectionsOptions =
  | {
      /** The folder that `dev` was given by `--data`, absolute or relative to the working directory of this process. */
      readonly dataFolder: string;
    }
  | {
      /** The variables for back ends of an App that this process has started. */
      readonly environment: NodeJS.Dict<string>;
    };

/**
 * Opens the connections of a local App, whatever the environment of this process is: as `openConnections` does with the
 * variables that the App has for back ends. The App must be running when the first call is made.
 *
 * @throws {ConnectionError} `option_invalid` when the folder is not one that `dev --data` has made.
 */
export function openLocalConnections(options: LocalConnectionsOptions): Connections {
  const env = 'environment' in options ? options.environment : keptEnvironment(options.dataFolder);
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
  const allowed = `the folder that was given to ${CALLED.devWith} --data`;
  const message = `The option dataFolder has to be ${allowed}; there is no ${ENV_FILE} in ${resolve(dataFolder)}.`;
  throw new ConnectionError('option_invalid', message);
}
