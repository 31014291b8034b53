import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeadStatus } from '../../functions/activation/connection-status.ts';
import { type ConnectionKey, ServiceError } from '../../functions/activation/ports.ts';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { PimUrl } from '../../functions/pim/pim-url.ts';
import { DynamoDbConnectionStore } from '../../functions/store/connection-store.ts';
import { DynamoDbFlowStore } from '../../functions/store/flow-store.ts';
import { DynamoDbPimDirectory } from '../../functions/store/pim-directory.ts';
import { connectionKey } from '../../functions/tables/connections.ts';
import { text, time } from '../../functions/tables/row.ts';
import { type DynamoDbUnderTest, openDynamoDb } from '../support/dynamodb-under-test.ts';
import { connectionStoreContract, type ReadRow } from './connection-store.contract.ts';
import { flowStoreContract } from './flow-store.contract.ts';

const POLICY = { dangerouslyAllowHttpOnLoopback: false };
let db: DynamoDbUnderTest;

beforeAll(async () => {
  db = await openDynamoDb();
});
afterAll(() => db.close());

flowStoreContract('DynamoDB', () => new DynamoDbFlowStore(db.client, db.tables.flows, POLICY));

connectionStoreContract('DynamoDB', () => ({
  store: new DynamoDbConnectionStore(db.client, db.tables.connections),
  read: readConnection,
  mark: markConnection,
}));

async function markConnection(key: ConnectionKey, status: DeadStatus, at: number): Promise<void> {
  await db.client.send(
    new UpdateItemCommand({
      TableName: db.tables.connections,
      Key: connectionKey(key),
      UpdateExpression: 'SET #status = :status, statusAt = :at',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':status': text(status), ':at': time(at) },
    }),
  );
}

const readConnection: ReadRow = async ({ pim, clientId }) => {
  const Key = { pim: text(pim.toString()), clientId: text(clientId) };
  const { Item } = await db.client.send(
    new GetItemCommand({ TableName: db.tables.connections, Key }),
  );
  const values = Object.entries(Item ?? {}).map(([name, value]) => [
    name,
    value.B ? Buffer.from(value.B).toString() : value.S,
  ]);
  return Item && Object.fromEntries(values);
};

describe('DynamoDB as a PIM directory', () => {
  const directory = () => new DynamoDbPimDirectory(db.client, db.tables.pims);
  const list = (pim: string, clientId: string, more: Record<string, string> = {}) => {
    const row = { pim, clientId, scopes: 'write_products read_products', ...more };
    const Item = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, text(value)]),
    );
    return db.client.send(new PutItemCommand({ TableName: db.tables.pims, Item }));
  };
  const pim = (url: string): PimUrl => {
    const parsed = PimUrl.parse(url, POLICY);
    if (isMalformed(parsed)) throw new Error(parsed.problem);
    return parsed;
  };

  it('finds an exact row, with sorted scopes and the app URL if there is one', async () => {
    await list('https://exact.example', 'exact', { appUrl: 'https://app.example/' });
    expect(await directory().find(pim('https://EXACT.example/'))).toEqual({
      clientId: 'exact',
      scopes: ['read_products', 'write_products'],
      appUrl: 'https://app.example/',
    });
  });

  it('lets the exact row win over suffix rows, and a longer suffix over a shorter one', async () => {
    await list('*.cloud.example', 'short');
    await list('*.eu.cloud.example', 'long');
    await list('https://mine.eu.cloud.example', 'mine');
    const found = async (url: string) => (await directory().find(pim(url)))?.clientId;
    expect(await found('https://mine.eu.cloud.example')).toBe('mine');
    expect(await found('https://other.eu.cloud.example')).toBe('long');
    expect(await found('https://other.us.cloud.example')).toBe('short');
  });

  it('matches whole labels only, and no PIM with a port or a path by suffix', async () => {
    await list('*.whole.example', 'suffix');
    const urls = [
      'https://xwhole.example',
      'https://whole.example',
      'https://a.whole.example:8443',
      'https://a.whole.example/pim',
      'https://a.whole.example.evil.test',
    ];
    for (const url of urls) expect(await directory().find(pim(url)), url).toBeUndefined();
  });

  it('looks up a host with very many labels without failing', async () => {
    const host = Array.from({ length: 60 }, (_, index) => `l${index}`).join('.');
    expect(await directory().find(pim(`https://${host}.example`))).toBeUndefined();
  });

  it('names the missing attribute of a row that somebody wrote by hand', async () => {
    await db.client.send(
      new PutItemCommand({
        TableName: db.tables.pims,
        Item: { pim: text('https://broken.example') },
      }),
    );
    await expect(directory().find(pim('https://broken.example'))).rejects.toThrow(
      /Pims.*"clientId"/,
    );
  });

  it('reports an outage when the table cannot be read', async () => {
    const lost = new DynamoDbPimDirectory(db.client, 'NoSuchTable');
    await expect(lost.find(pim('https://a.example'))).rejects.toBeInstanceOf(ServiceError);
  });
});
