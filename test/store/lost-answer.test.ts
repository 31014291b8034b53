import { createServer, request } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrowserKey, randomText, State } from '../../functions/activation/flow.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { CLIENT_CONFIG } from '../../functions/store/clients.ts';
import { DynamoDbFlowStore } from '../../functions/store/flow-store.ts';
import {
  type EmbeddedDynamoDb,
  startEmbeddedDynamoDb,
} from '../../local/store/embedded-dynamodb.ts';
import { listen } from '../support/http-server.ts';
import { pimUrl } from '../support/pim-url.ts';

const POLICY = { dangerouslyAllowHttpOnLoopback: false };
const browserHash = BrowserKey.generate(randomText).hash();
const caller = { browserHashes: [browserHash], callbackId: undefined };
let db: EmbeddedDynamoDb;

beforeAll(async () => {
  db = await startEmbeddedDynamoDb();
});
afterAll(() => db.close());

/** Stands before DynamoDB, lets every request through, and loses the answer of the first. */
function proxyThatLosesAnAnswer(): Promise<string> {
  let isLost = false;
  const server = createServer((incoming, outgoing) => {
    const { method, headers } = incoming;
    const behind = request(db.address.endpoint, { method, headers }, (answer) => {
      if (isLost) answer.pipe(outgoing.writeHead(answer.statusCode ?? 500, answer.headers));
      else answer.resume().once('end', () => outgoing.socket?.resetAndDestroy());
      isLost = true;
    });
    incoming.pipe(behind);
  });
  return listen(server);
}

/** A store whose first write is made and not answered. */
async function storeBehindProxy(): Promise<DynamoDbFlowStore> {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const where = { endpoint: await proxyThatLosesAnAnswer(), region: 'eu-west-1', credentials };
  const client = new DynamoDBClient({ ...CLIENT_CONFIG, ...where });
  return new DynamoDbFlowStore(client, db.address.tables.flows, POLICY);
}

function newFlow() {
  return {
    id: State.generate(randomText).hash(),
    pim: pimUrl('https://pim.example'),
    clientId: 'client',
    scopes: parseScope('read_products'),
    browserHash,
    attempt: 1,
    startedAt: 0,
    expiresAt: 60_000,
  };
}

describe('a write whose answer is lost, and which the SDK sends again', () => {
  it('saves the flow', async () => {
    const store = await storeBehindProxy();
    const flow = newFlow();
    await store.put(flow);
    expect(await store.find(flow.id)).toMatchObject({ status: 'pending' });
  });

  it('consumes the flow for its caller, and for nobody after that', async () => {
    const flow = newFlow();
    await new DynamoDbFlowStore(db.client, db.address.tables.flows, POLICY).put(flow);
    const store = await storeBehindProxy();
    expect(await store.consume(flow.id, caller, 1_000)).toMatchObject({ kind: 'consumed' });
    expect(await store.consume(flow.id, caller, 1_000)).toMatchObject({ kind: 'used' });
  });
});
