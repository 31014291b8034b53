import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { beforeAll, describe, expect, it } from 'vitest';
import { ConnectionEvents } from '../../infra/compute/connection-events.ts';
import { settingsOf } from '../../infra/configuration/settings.ts';
import { durabilityOf } from '../../infra/durability.ts';
import { ConnectionsTable } from '../../infra/storage/connections-table.ts';
import { httpServer } from '../support/http-server.ts';
import { testApp } from './support/synthesis.ts';

const INVOKE = `
  const { handler } = await import(process.argv[1]);
  const answer = await handler(JSON.parse(process.argv[2]), { awsRequestId: 'i-1' });
  process.stdout.write(JSON.stringify(answer));
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
  const stack = new Stack(app, 'Bundled');
  const activation = new Construct(stack, 'Activation');
  const settings = settingsOf({});
  const connections = new ConnectionsTable(activation, 'Connections', durabilityOf(settings));
  const events = new ConnectionEvents(activation, 'Events', { settings, connections });
  const { directory } = app.synth();
  // Only the resource below the construct knows its asset; of a function it is always this class.
  const { cfnOptions } = events.function.node.defaultChild as CfnFunction;
  return join(directory, String(cfnOptions.metadata?.['aws:asset:path']), 'index.mjs');
}

/** The stream's record of a new connection. */
function record() {
  const texts = {
    pim: 'https://pim.example',
    clientId: 'client',
    status: 'connected',
    requestedScopes: 'read_products',
    grantedScopes: 'read_products',
    lastOpenedAt: '2026-03-02T08:00:00.000Z',
  };
  const NewImage = Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]));
  const ApproximateCreationDateTime = 1_772_438_400;
  return {
    eventID: 'event-1',
    eventName: 'INSERT',
    dynamodb: { ApproximateCreationDateTime, SequenceNumber: '1'.repeat(21), NewImage },
  };
}

describe('the bundle of the events', () => {
  it('publishes a change of a connection', async () => {
    const bridge = await httpServer((response) => {
      response.end(JSON.stringify({ FailedEntryCount: 0, Entries: [{ EventId: 'id-1' }] }));
    });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', INVOKE, bundle, JSON.stringify({ Records: [record()] })],
      {
        env: {
          AWS_ACCESS_KEY_ID: 'id',
          AWS_SECRET_ACCESS_KEY: 'key',
          AWS_REGION: 'eu-west-1',
          AWS_ENDPOINT_URL_EVENTBRIDGE: bridge.url,
          STACK_NAME: 'Bundled',
          EVENT_BUS: 'arn:aws:events:eu-west-1:111122223333:event-bus/default',
          UNDELIVERED_QUEUE: 'https://sqs.eu-west-1.amazonaws.com/111122223333/undelivered',
        },
      },
    );
    const [line = '', answer = ''] = stdout.split('\n');
    expect(JSON.parse(line)).toMatchObject({ message: 'events_published', 'App Connected': 1 });
    expect(JSON.parse(answer)).toEqual({ batchItemFailures: [] });
    expect(bridge.received[0]?.body).toContain('App Connected');
  });

  it('leaves SSO, STS and undici out', () => {
    const code = readFileSync(bundle, 'utf8');
    for (const absent of ['GetRoleCredentials', 'AssumeRole', 'credential_process', 'undici'])
      expect(code).not.toContain(absent);
  });
});
