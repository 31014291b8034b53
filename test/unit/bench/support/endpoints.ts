import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { expect } from 'vitest';
import { FailedFlows } from '../../../../functions/activation/failed-flows.ts';
import { randomText } from '../../../../functions/activation/flow.ts';
import { callbackEndpoint } from '../../../../functions/http/callback-endpoint.ts';
import { activateEndpoint, type Handler } from '../../../../functions/http/endpoint.ts';
import { EXCHANGE_BUDGET, tokenEndpoint } from '../../../../functions/pim/token-endpoint.ts';
import { tryToken } from '../../../../functions/pim/token-trial.ts';
import {
  DynamoDbClientSecrets,
  KmsClientSecretDecrypter,
} from '../../../../functions/store/client-secrets.ts';
import { DynamoDbConnectionStore } from '../../../../functions/store/connection-store.ts';
import { DynamoDbFlowStore } from '../../../../functions/store/flow-store.ts';
import { KmsTokenCipher } from '../../../../functions/store/kms-token-cipher.ts';
import {
  cachedPimDirectory,
  DynamoDbPimDirectory,
} from '../../../../functions/store/pim-directory.ts';
import { STACK_ENVIRONMENT } from '../../../bench/fixture.ts';
import { answerTo } from '../../../bench/services/answer.ts';
import { httpServer, type Received, type TestServer } from '../../../support/http-server.ts';

const { PIMS_TABLE, FLOWS_TABLE, CONNECTIONS_TABLE, CLIENTS_TABLE } = STACK_ENVIRONMENT;
const { CLIENT_SECRET_KEY_ID, TOKEN_KEY_ID } = STACK_ENVIRONMENT;
const pimUrlPolicy = { dangerouslyAllowHttpOnLoopback: true };
const common = {
  stack: 'Test',
  now: Date.now,
  random: randomText,
  log: () => undefined,
  pimUrlPolicy,
};

/** AWS and a PIM on one address, with the answers of the bench. */
export function awsAndPim(): Promise<TestServer> {
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

/** Activate as it is deployed, cold, with all of its services on that server. */
export function activateOn({ url }: TestServer): Handler {
  const dynamoDb = new DynamoDBClient(clientConfig(url));
  return activateEndpoint({
    ...common,
    pims: cachedPimDirectory(new DynamoDbPimDirectory(dynamoDb, PIMS_TABLE), Date.now),
    flows: new DynamoDbFlowStore(dynamoDb, FLOWS_TABLE, pimUrlPolicy),
  });
}

/** Callback as it is deployed, cold, with all of its services on that server. */
export function callbackOn({ url }: TestServer): Handler {
  const config = clientConfig(url);
  const dynamoDb = new DynamoDBClient(config);
  const kms = new KMSClient(config);
  return callbackEndpoint({
    ...common,
    flows: new DynamoDbFlowStore(dynamoDb, FLOWS_TABLE, pimUrlPolicy),
    connections: new DynamoDbConnectionStore(dynamoDb, CONNECTIONS_TABLE),
    secrets: new DynamoDbClientSecrets(
      dynamoDb,
      CLIENTS_TABLE,
      new KmsClientSecretDecrypter(kms, CLIENT_SECRET_KEY_ID),
    ),
    cipher: new KmsTokenCipher(kms, TOKEN_KEY_ID),
    tokenEndpoint: tokenEndpoint(),
    failedFlows: new FailedFlows(),
    tokenTrial: tryToken,
    budget: EXCHANGE_BUDGET,
  });
}

/** Lets a handler answer an event well, and returns what it asked the server meanwhile, in its order. */
export async function requestsOf(
  server: TestServer,
  handler: Handler,
  event: string,
): Promise<readonly Received[]> {
  const before = server.received.length;
  const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 20_000 };
  const { statusCode } = await handler(JSON.parse(event), context);
  expect(statusCode).toBeLessThan(400);
  return server.received.slice(before);
}
