import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openLocalConnections } from '../../../docs/examples/local-back-end.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { startLocalApp } from '../../../local/local-app.ts';
import { BrowserSession, PimUser } from '../../../local/pim-user/index.ts';
import { startSimulator } from '../../../local/simulator.ts';
import { connectedPim } from './support/connected-pim.ts';
import { type ReaderWorld, readerWorlds } from './support/reader-world.ts';

const newWorld = readerWorlds();

/** What the grants and Lambda set, for an AWS on this machine. */
async function stubEnvironment(world: ReaderWorld): Promise<void> {
  const env = {
    AKENEO_APP_CONNECTIONS_TABLE: world.table,
    DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: await world.dynamoDbUrl(),
    AWS_ENDPOINT_URL_KMS: world.kms.url,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

describe('the examples of docs/back-ends.md', () => {
  it('count products with nothing but the environment', async () => {
    const world = await newWorld();
    const [alive, dead] = [await connectedPim(world), await connectedPim(world)];
    dead.pim.disconnect(dead.clientId);
    await stubEnvironment(world);
    const { handler } = await import('../../../docs/examples/back-end.ts');
    expect(await handler()).toEqual({ [alive.url]: 3 });
  });

  it('read what the local activation has stored', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reader-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const app = await startLocalApp({ port: 0, dataFolder: folder, log: () => {} });
    onTestFinished(() => app.close());
    const scopes = parseScope('read_products');
    const { pim, clientId } = await startSimulator(app, { port: 0, scopes });
    onTestFinished(() => pim.close());
    await new PimUser(new BrowserSession(), pim.url).connect(clientId);
    const connections = openLocalConnections(app.dynamoDb.address.endpoint, folder);
    const response = await connections.fetch(pim.url, '/api/rest/v1/products');
    expect(response.status).toBe(200);
  });
});
