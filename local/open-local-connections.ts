/** `akeneo-app-activation/local`: back ends on a developer's machine. See docs/back-ends.md. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CONNECTIONS } from '../functions/tables/connections.ts';
import { ConnectionError, type Connections, openConnections } from '../reader/index.ts';
import { LocalTokenCipher, TOKEN_KEY_FILE, tokenKey } from './store/token-cipher.ts';

/** The embedded DynamoDB ignores both, but the SDK sends nothing without them. */
const ANYWHERE = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};

/** Where `npm start -- --data <folder>` keeps its connections. */
export interface LocalConnectionsOptions {
  /** The address of its DynamoDB, which it prints. It changes at each start. */
  readonly endpoint: string;
  /** The folder that was given to `--data`, absolute or relative to the working directory of this process. */
  readonly dataFolder: string;
}

/**
 * Opens the connections that `npm start -- --data <folder>` keeps on this machine, as `openConnections` opens those of
 * a stack. `npm start` must be running when the first call is made. PIMs on the loopback may use plain `http`, as the
 * simulated PIM does.
 *
 * @throws {ConnectionError} `option_invalid` when the folder is not one that `npm start -- --data` has made.
 */
export function openLocalConnections(options: LocalConnectionsOptions): Connections {
  const { endpoint, dataFolder } = options;
  return openConnections({
    tableName: CONNECTIONS.name,
    dynamoDb: new DynamoDBClient({ ...ANYWHERE, endpoint }),
    decrypter: new LocalTokenCipher(keptTokenKey(dataFolder)),
    dangerouslyAllowHttpPimOnLoopback: true,
  });
}

/** The App's key. `tokenKey` alone would make a new one where there is none, which decrypts nothing. */
function keptTokenKey(dataFolder: string): Buffer {
  if (existsSync(join(dataFolder, TOKEN_KEY_FILE))) return tokenKey(dataFolder);
  const allowed = 'the folder that was given to npm start -- --data';
  const message = `The option dataFolder has to be ${allowed}; there is no key in ${resolve(dataFolder)}.`;
  throw new ConnectionError('option_invalid', message);
}
