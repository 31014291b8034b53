import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DescribeTableCommand, ListTablesCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  type EmbeddedDynamoDb,
  startEmbeddedDynamoDb,
} from '../../local/store/embedded-dynamodb.ts';
import { breakOff, ODD_REQUESTS, sendBytes } from '../support/odd-requests.ts';

/** What a request for the list of tables is answered with. */
async function listTables(headers: Record<string, string>): Promise<number> {
  const db = await startEmbeddedDynamoDb();
  onTestFinished(() => db.close());
  const { hostname, port } = new URL(db.address.endpoint);
  const signed = {
    'x-amz-target': 'DynamoDB_20120810.ListTables',
    'content-type': 'application/x-amz-json-1.0',
    authorization:
      'AWS4-HMAC-SHA256 Credential=x/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=x',
    'x-amz-date': '20260101T000000Z',
  };
  const options = { hostname, port, method: 'POST', headers: { ...signed, ...headers } };
  const sent = request(options).end('{}');
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
}

async function tablesOf({ client }: EmbeddedDynamoDb): Promise<string[] | undefined> {
  const { TableNames } = await client.send(new ListTablesCommand({}));
  return TableNames;
}

describe('the embedded DynamoDB', () => {
  it.each([
    ['a program', {}, 200],
    ['a page in the browser', { origin: 'https://evil.example' }, 403],
    ['a page without an origin of its own', { origin: 'null' }, 403],
    ['a name that was rebound to this machine', { host: 'evil.example' }, 403],
  ])('answers %s with the right status', async (_who, headers, status) => {
    expect(await listTables(headers)).toBe(status);
  });

  it.each(ODD_REQUESTS)('lives on after %j', async (bytes) => {
    const db = await startEmbeddedDynamoDb();
    onTestFinished(() => db.close());
    await sendBytes(db.address.endpoint, bytes);
    expect(await tablesOf(db)).toHaveLength(Object.keys(db.address.tables).length);
  });

  it('lives on after a client that breaks off in the middle of a request', async () => {
    const db = await startEmbeddedDynamoDb();
    onTestFinished(() => db.close());
    await breakOff(db.address.endpoint, '/');
    expect(await tablesOf(db)).toHaveLength(Object.keys(db.address.tables).length);
  });

  it('refuses a body of more than 16 MiB and lives on', async () => {
    const db = await startEmbeddedDynamoDb();
    onTestFinished(() => db.close());
    const body = Buffer.alloc(17 * 1024 * 1024);
    await fetch(db.address.endpoint, { method: 'POST', body }).catch(() => undefined);
    expect(await tablesOf(db)).toHaveLength(Object.keys(db.address.tables).length);
  });

  // It read files that were closed and threw where nobody catches, so `npm start` ended with 1.
  it.each([0, 1, 2, 3, 4, 5])(
    'answers before it closes, %i steps after a request',
    async (steps) => {
      const db = await startEmbeddedDynamoDb();
      const { connections: TableName } = db.address.tables;
      const ended = db.client.send(new ScanCommand({ TableName })).catch(() => undefined);
      for (let step = 0; step < steps; step += 1) await setImmediate();
      await db.close();
      await ended;
      expect(await fetch(db.address.endpoint).catch(() => 'closed')).toBe('closed');
    },
  );

  it('makes its folder for its owner alone', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'embedded-'));
    onTestFinished(() => rmSync(parent, { recursive: true }));
    const folder = join(parent, 'data');
    const db = await startEmbeddedDynamoDb(folder);
    await db.close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('says that a folder cannot keep data, and why', async () => {
    await expect(startEmbeddedDynamoDb('/dev/null')).rejects.toThrow(
      /^\/dev\/null cannot keep data \(EEXIST\)\. Choose a folder of your own/,
    );
  });

  it('has every table in use when it says that it has started', async () => {
    const db = await startEmbeddedDynamoDb();
    onTestFinished(() => db.close());
    const answers = await Promise.all(
      Object.values(db.address.tables).map((TableName) =>
        db.client.send(new DescribeTableCommand({ TableName })),
      ),
    );
    expect(new Set(answers.map(({ Table }) => Table?.TableStatus))).toEqual(new Set(['ACTIVE']));
  });
});
