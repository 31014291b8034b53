import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readEnvFile } from '../../../local/env-file.ts';
import { connectedPim } from './support/connected-pim.ts';
import { connectedLocalApp } from './support/local-app.ts';
import { newWorld, type ReaderWorld } from './support/reader-world.ts';

/** What the grants and Lambda set, for an AWS on this machine. */
function environmentOf(world: ReaderWorld): NodeJS.Dict<string> {
  return {
    AKENEO_APP_CONNECTIONS_TABLE: world.table,
    DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true',
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: world.dynamoDbUrl,
    AWS_ENDPOINT_URL_KMS: world.kms.url,
  };
}

/** The example's handler, loaded in an environment as Lambda loads it. */
async function backEnd(environment: NodeJS.Dict<string> = {}) {
  const ofLambda = { ...environment, AWS_LAMBDA_FUNCTION_NAME: 'back-end' };
  for (const [name, value] of Object.entries(ofLambda)) vi.stubEnv(name, value);
  vi.resetModules();
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { handler } = await import('../../../docs/examples/back-end.ts');
  return handler;
}

describe('the back end of docs/back-ends.md', () => {
  it('counts products with nothing but the environment', async () => {
    const world = await newWorld();
    const [alive, dead] = [await connectedPim(world), await connectedPim(world)];
    dead.pim.disconnect(dead.clientId);
    const handler = await backEnd(environmentOf(world));
    expect(await handler()).toEqual({ [alive.url]: 3 });
  });

  // The first PIM that failed ended the loop, so those behind it were never counted.
  it('counts the products of the others, and reports every failure at the end', async () => {
    const world = await newWorld();
    const pims = [await connectedPim(world), await connectedPim(world), await connectedPim(world)];
    const [first, second, last] = pims.toSorted((one, other) => (one.url < other.url ? -1 : 1));
    await first?.openWithoutStoring('read_products write_products');
    second?.pim.orderFault({ at: 'api', kind: 'status', status: 403 });
    const handler = await backEnd(environmentOf(world));
    await expect(handler()).rejects.toMatchObject({
      name: 'AggregateError',
      message: expect.stringMatching(
        new RegExp(`^Error: ${first?.url}: .*replaced.*\nError: ${second?.url}: .*403`),
      ),
      errors: [{ cause: { code: 'token_replaced' } }, { cause: expect.any(Error) }],
    });
    expect(last?.apiCalls()).toBe(1);
  });
});

describe('back ends beside the local App', () => {
  it('count products with nothing but its file of variables', async () => {
    const { dataFolder, pim } = await connectedLocalApp();
    const handler = await backEnd(readEnvFile(dataFolder));
    expect(await handler()).toEqual({ [pim.url]: 3 });
  });

  it('read what the local App has stored, if told where', async () => {
    const { dataFolder, pim } = await connectedLocalApp();
    const { connectionsIn } = await import('../../../docs/examples/local-back-end.ts');
    expect((await connectionsIn(dataFolder).get(pim.url)).status).toBe('connected');
  });
});
