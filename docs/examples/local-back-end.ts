/** Reads the connections that `npm start -- --data <folder>` keeps on this machine. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LocalTokenCipher } from '../../local/store/local-token-cipher.ts';
import { tokenKey } from '../../local/store/token-key.ts';
import { type Connections, openConnections } from '../../reader/index.ts';

/** @param endpoint what `npm start` prints behind "DynamoDB". */
export function openLocalConnections(endpoint: string, folder: string): Connections {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return openConnections({
    tableName: 'Connections',
    dynamoDb: new DynamoDBClient({ endpoint, region: 'eu-west-1', credentials }),
    decipher: new LocalTokenCipher(tokenKey(folder)),
    dangerouslyAllowHttpPimOnLoopback: true,
  });
}
