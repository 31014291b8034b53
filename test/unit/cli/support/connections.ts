import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { parseFlowId, randomText } from '../../../../functions/activation/flow.ts';
import type { ConnectionKey, Grant } from '../../../../functions/activation/ports.ts';
import { AccessToken } from '../../../../functions/pim/credentials.ts';
import { isMalformed, wellFormed } from '../../../../functions/pim/malformed.ts';
import { PimUrl } from '../../../../functions/pim/pim-url.ts';
import { parseScope } from '../../../../functions/pim/scopes.ts';
import { DynamoDbConnectionStore } from '../../../../functions/store/connection-store.ts';
import { KmsTokenCipher } from '../../../../functions/store/kms-token-cipher.ts';
import { KEY_ID } from '../../../support/fake-kms.ts';
import { httpServer, type Received } from '../../../support/http-server.ts';
import { obtainToken, type TestPim, testPim } from '../../simulator/setup.ts';
import type { TestAws } from './aws.ts';
import { NOON, TOKEN } from './operate.ts';
import { CLIENT_ID, PIM } from './pims.ts';

/** What is stored of a connection; everything has a default. */
interface Connection {
  readonly pim?: string;
  readonly clientId?: string;
  readonly granted?: string;
  readonly token?: string;
  /** Pads the ciphertext, so that few rows fill a page. */
  readonly bytes?: number;
}

type Stores = Pick<TestAws, 'dynamoDb' | 'kms'>;

/** The key of a connection, under the address that is stored. */
function keyOf({ pim = PIM, clientId = CLIENT_ID }: Connection = {}): ConnectionKey {
  const parsed = PimUrl.parse(pim, { dangerouslyAllowHttpOnLoopback: true });
  if (isMalformed(parsed)) throw new Error(parsed.problem);
  return { pim: parsed, clientId };
}

/** Connects as the callback does. */
export async function connect(stores: Stores, connection: Connection = {}): Promise<void> {
  const key = keyOf(connection);
  const token = wellFormed(AccessToken.parse(connection.token ?? TOKEN));
  if (!token) throw new Error('unusable test data');
  const encrypted = await new KmsTokenCipher(stores.kms.client, KEY_ID).encrypt(token, key);
  const padded = Buffer.concat([encrypted, Buffer.alloc(connection.bytes ?? 0)]);
  const store = new DynamoDbConnectionStore(stores.dynamoDb, 'Connections');
  await store.save(grantOf(key, connection.granted), padded);
}

function grantOf(key: ConnectionKey, granted = 'read_products'): Grant {
  const flowId = wellFormed(parseFlowId('f'.repeat(43)));
  if (!flowId) throw new Error('unusable test data');
  return {
    ...key,
    requestedScopes: parseScope('read_products write_categories'),
    grantedScopes: parseScope(granted),
    tokenFingerprint: '0123456789abcdef0123456789abcdef',
    flowId,
    tokenRequestedAt: NOON,
  };
}

/** Removes an attribute of a connection, as somebody who edits the table by hand does. */
export async function damage(
  { dynamoDb }: Pick<TestAws, 'dynamoDb'>,
  attribute: string,
  { pim = PIM, clientId = CLIENT_ID }: Connection = {},
): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: 'Connections',
    Key: { pim: { S: pim }, clientId: { S: clientId } },
    UpdateExpression: 'REMOVE #attribute',
    ExpressionAttributeNames: { '#attribute': attribute },
  });
  await dynamoDb.send(command);
}

/** A simulated PIM in which the App is connected, with its marked token stored. */
export interface ConnectedPim extends TestPim {
  readonly url: string;
  readonly clientId: string;
}

/** Connects the App of a simulated PIM of its own. */
export async function connectedPim(
  stores: Stores,
  granted = 'read_products',
): Promise<ConnectedPim> {
  const test = await testPim({ accessToken: () => TOKEN + randomText() });
  const { url } = test.pim;
  const { clientId } = test.app;
  const { access_token: token } = await obtainToken(test, granted);
  await connect(stores, { pim: url, clientId, granted, token });
  return { ...test, url, clientId };
}

/** A PIM that takes every token and gives one answer to everything, where the App is connected. */
export async function pimThatAnswers(
  stores: Stores,
  ...[status, headers = {}, body = '']: [status: number, headers?: object, body?: string]
): Promise<{ readonly pim: string; readonly received: readonly Received[] }> {
  const { url: pim, received } = await httpServer((response) => {
    response.writeHead(status, { ...headers }).end(body);
  });
  await connect(stores, { pim });
  return { pim, received };
}
