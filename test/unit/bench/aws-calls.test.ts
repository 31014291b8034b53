import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { activateEndpoint } from '../../../functions/activate/endpoint.ts';
import { callbackEndpoint } from '../../../functions/callback/endpoint.ts';
import type { Handler } from '../../../functions/http/endpoint.ts';
import { EXCHANGE_BUDGET, tokenEndpoint } from '../../../functions/pim/token-endpoint.ts';
import { randomText } from '../../../functions/random-text.ts';
import { cachedPimDirectory } from '../../../functions/store/cached-pim-directory.ts';
import { DynamoDbConnectionStore } from '../../../functions/store/dynamodb-connection-store.ts';
import { DynamoDbFlowStore } from '../../../functions/store/dynamodb-flow-store.ts';
import { DynamoDbPimDirectory } from '../../../functions/store/dynamodb-pim-directory.ts';
import { KmsTokenCipher } from '../../../functions/store/kms-token-cipher.ts';
import { SecretsManagerClientSecrets } from '../../../functions/store/secrets-manager-client-secrets.ts';
import { activateEvent, callbackEvent } from '../../bench/events.ts';
import { answerTo } from '../../bench/services/answer.ts';
import { httpServer, type TestServer } from '../../support/http-server.ts';

const READ = 'DynamoDB_20120810.BatchGetItem';
const PUT = 'DynamoDB_20120810.PutItem';
const UPDATE = 'DynamoDB_20120810.UpdateItem';
const SECRET = 'secretsmanager.GetSecretValue';
const ENCRYPT = 'TrentService.Encrypt';

const pimUrlPolicy = { dangerouslyAllowHttpOnLoopback: true };
const common = {
  stack: 'Test',
  now: Date.now,
  random: randomText,
  log: () => undefined,
  pimUrlPolicy,
};

/** AWS and a PIM on one address. */
function services(): Promise<TestServer> {
  return httpServer((response, { headers, path, body }) => {
    const name = String(headers['x-amz-target'] ?? path);
    const { status, text } = answerTo(name, body, `http://${headers.host}`);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
}

function clientConfig(endpoint: string) {
  const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
  return { endpoint, region: 'eu-west-1', credentials };
}

function activate({ url }: TestServer): Handler {
  const dynamoDb = new DynamoDBClient(clientConfig(url));
  return activateEndpoint({
    ...common,
    pims: cachedPimDirectory(new DynamoDbPimDirectory(dynamoDb, 'Pims'), Date.now),
    flows: new DynamoDbFlowStore(dynamoDb, 'Flows', pimUrlPolicy),
  });
}

function callback({ url }: TestServer): Handler {
  const config = clientConfig(url);
  const dynamoDb = new DynamoDBClient(config);
  return callbackEndpoint({
    ...common,
    flows: new DynamoDbFlowStore(dynamoDb, 'Flows', pimUrlPolicy),
    connections: new DynamoDbConnectionStore(dynamoDb, 'Connections'),
    secrets: new SecretsManagerClientSecrets(new SecretsManagerClient(config), 'secrets/'),
    cipher: new KmsTokenCipher(new KMSClient(config), 'key-1'),
    tokenEndpoint: tokenEndpoint(Date.now),
    budget: EXCHANGE_BUDGET,
  });
}

/** The AWS calls that one request makes, in their order. */
async function callsOf(aws: TestServer, handler: Handler, event: string): Promise<unknown[]> {
  const before = aws.received.length;
  const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 20_000 };
  const { statusCode } = await handler(JSON.parse(event), context);
  expect(statusCode).toBeLessThan(400);
  const requests = aws.received.slice(before);
  return requests.map(({ headers }) => headers['x-amz-target']).filter((target) => target);
}

describe('activate', () => {
  it('reads once and writes once when cold, and only writes when warm', async () => {
    const aws = await services();
    const handler = activate(aws);
    expect(await callsOf(aws, handler, activateEvent(aws.url))).toEqual([READ, PUT]);
    expect(await callsOf(aws, handler, activateEvent(aws.url))).toEqual([PUT]);
  });
});

describe('callback', () => {
  it('writes twice and encrypts once, and reads the secret once in its life', async () => {
    const aws = await services();
    const handler = callback(aws);
    const event = callbackEvent('connect');
    expect(await callsOf(aws, handler, event)).toEqual([UPDATE, SECRET, ENCRYPT, UPDATE]);
    expect(await callsOf(aws, handler, event)).toEqual([UPDATE, ENCRYPT, UPDATE]);
  });

  it('writes twice and encrypts nothing when the App is opened again', async () => {
    const aws = await services();
    const handler = callback(aws);
    const event = callbackEvent('openAgain');
    expect(await callsOf(aws, handler, event)).toEqual([UPDATE, SECRET, UPDATE]);
    expect(await callsOf(aws, handler, event)).toEqual([UPDATE, UPDATE]);
  });
});
