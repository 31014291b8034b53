import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { Duration, Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { HealthCheck } from '../../infra/compute/health-check.ts';
import { settingsOf } from '../../infra/configuration/settings.ts';
import { durabilityOf } from '../../infra/durability.ts';
import { ConnectionsTable } from '../../infra/storage/connections-table.ts';
import { TokenKey } from '../../infra/storage/token-key.ts';
import { startEmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';
import { FORBIDDEN_IN_NODE } from '../bench/bundles/limits.ts';
import { marked, marksIn } from '../support/canary.ts';
import { httpServer } from '../support/http-server.ts';
import { testApp } from './support/synthesis.ts';

const TOKEN = marked('token', 86);
const INVOKE = `
  const before = new Set(process.moduleLoadList);
  const { handler } = await import(process.argv[1]);
  await handler({}, { awsRequestId: 'i-1', getRemainingTimeInMillis: () => 900_000 });
  console.log(JSON.stringify(process.moduleLoadList.filter((module) => !before.has(module))));
`;

let bundle: string;
beforeAll(() => {
  bundle = makeBundle();
});

/** The file that Lambda loads, as `cdk synth` makes it. */
function makeBundle(): string {
  const app = testApp({
    'aws:cdk:bundling-stacks': ['**'],
    'aws:cdk:enable-asset-metadata': true,
  });
  const check = healthCheckIn(new Construct(new Stack(app, 'Bundled'), 'Activation'));
  const { directory } = app.synth();
  // Only the resource below the construct knows its asset; of a function it is always this class.
  const { cfnOptions } = check.function.node.defaultChild as CfnFunction;
  return join(directory, String(cfnOptions.metadata?.['aws:asset:path']), 'index.mjs');
}

function healthCheckIn(activation: Construct): HealthCheck {
  const settings = settingsOf({});
  const durability = durabilityOf(settings);
  return new HealthCheck(activation, 'Health', {
    settings,
    connections: new ConnectionsTable(activation, 'Connections', durability),
    tokenKey: new TokenKey(activation, 'TokenKey', durability.removalPolicy),
    every: Duration.hours(6),
  });
}

/** KMS, and a PIM that takes the token. */
function kmsAndPim() {
  return httpServer((response, { headers }) => {
    const isKms = headers['x-amz-target'] === 'TrentService.Decrypt';
    const isToken = headers.authorization === `Bearer ${TOKEN}`;
    const answer = isKms
      ? { Plaintext: Buffer.from(TOKEN).toString('base64') }
      : { version: '7.0.4', edition: 'CE' };
    response.writeHead(isKms || isToken ? 200 : 404).end(JSON.stringify(answer));
  });
}

describe('the bundle of the health check', () => {
  it('checks a connection from the schedule to the record', async () => {
    const dynamoDb = await startEmbeddedDynamoDb();
    onTestFinished(() => dynamoDb.close());
    const { client, address } = dynamoDb;
    const { url } = await kmsAndPim();
    const texts = { pim: url, clientId: 'client', status: 'connected', tokenFingerprint: 'f' };
    const Item = {
      ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
      encryptedToken: { B: Buffer.from('ciphertext') },
    };
    await client.send(new PutItemCommand({ TableName: 'Connections', Item }));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', INVOKE, bundle],
      {
        env: {
          AWS_ACCESS_KEY_ID: 'id',
          AWS_SECRET_ACCESS_KEY: 'key',
          AWS_REGION: address.region,
          AWS_ENDPOINT_URL_DYNAMODB: address.endpoint,
          AWS_ENDPOINT_URL_KMS: url,
          STACK_NAME: 'Bundled',
          CONNECTIONS_TABLE: address.tables.connections,
          TOKEN_KEY_ID: 'key-1',
          DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true',
        },
      },
    );
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
      message: 'health_sweep_completed',
      connected: 1,
    });
    expect(marksIn(stdout)).toEqual([]);
    const loaded = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as string[];
    expect(loaded.filter((module) => FORBIDDEN_IN_NODE.test(module))).toEqual([]);
    const { Items } = await client.send(new ScanCommand({ TableName: 'Connections' }));
    expect(Items).toMatchObject([{ health: { S: 'connected' } }]);
  });

  it('leaves SSO, STS and undici out', () => {
    const code = readFileSync(bundle, 'utf8');
    for (const absent of ['GetRoleCredentials', 'AssumeRole', 'credential_process', 'undici'])
      expect(code).not.toContain(absent);
  });
});
