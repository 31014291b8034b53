import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestServer } from '../support/http-server.ts';
import { isSignedWith, service, stubCredentials } from './support/aws-service.ts';
import { type BundledSdk, loadBundledSdk } from './support/bundled-sdk.ts';
import { COMMANDS } from './support/commands.ts';

let sdk: BundledSdk;
beforeAll(async () => {
  sdk = await loadBundledSdk();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

beforeEach(() => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  stubCredentials('first');
});

const config = ({ url }: TestServer) => ({ endpoint: url, region: 'eu-west-1' });
const get = () => new sdk.GetItemCommand({ TableName: 'Flows', Key: { key: { S: 'a' } } });

describe('a command of the bundled SDK', () => {
  it.each(COMMANDS)('$name goes out signed and comes back read', async (command) => {
    const { target, answer, output, send } = command;
    const aws = await service([200, answer]);
    expect(await send(sdk, config(aws))).toMatchObject(output);
    expect(aws.received).toMatchObject([{ headers: { 'x-amz-target': target } }]);
    expect(aws.received.every((request) => isSignedWith('secret-first', request))).toBe(true);
    expect(aws.received[0]?.headers['x-amz-security-token']).toBe('session-first');
  });

  it('is tested for everything that the functions send', () => {
    const functions = fileURLToPath(new URL('../../functions', import.meta.url));
    const sources = readSources(functions);
    const used = sources.match(/\b(?:[A-Z]\w+Command|paginate\w+)\b(?=\()/g) ?? [];
    expect(COMMANDS.map(({ name }) => name)).toEqual(expect.arrayContaining(used));
  });

  it('fails with the class that the stores look for', async () => {
    const aws = await service([400, { __type: 'x#ConditionalCheckFailedException' }]);
    const put = new sdk.PutItemCommand({ TableName: 'Flows', Item: {} });
    await expect(new sdk.DynamoDBClient(config(aws)).send(put)).rejects.toBeInstanceOf(
      sdk.ConditionalCheckFailedException,
    );
    const kms = await service([400, { __type: 'InvalidCiphertextException' }]);
    const decrypt = new sdk.DecryptCommand({ CiphertextBlob: Buffer.from('moved') });
    await expect(new sdk.KMSClient(config(kms)).send(decrypt)).rejects.toBeInstanceOf(
      sdk.InvalidCiphertextException,
    );
  });
});

describe('a client of the bundled SDK', () => {
  it.each([
    [500, 'InternalServerError'],
    [503, 'ServiceUnavailable'],
    [400, 'ThrottlingException'],
    [400, 'ProvisionedThroughputExceededException'],
  ])('tries again after %i %s', async (status, type) => {
    const aws = await service([status, { __type: type }], [200, {}]);
    await new sdk.DynamoDBClient(config(aws)).send(get());
    expect(aws.received).toHaveLength(2);
  });

  it('names itself to AWS, without a version', async () => {
    const aws = await service([200, {}]);
    await new sdk.DynamoDBClient(config(aws)).send(get());
    expect(aws.received[0]?.headers['user-agent']).toMatch(/^aws-sdk-js ua\/.* api\/dynamodb /);
    expect(aws.received[0]?.headers['user-agent']).not.toContain('undefined');
  });

  it('signs each call with the credentials that the environment holds then', async () => {
    const aws = await service([200, {}]);
    const client = new sdk.DynamoDBClient(config(aws));
    await client.send(get());
    stubCredentials('second');
    await client.send(get());
    const bySecond = aws.received.map((request) => isSignedWith('secret-second', request));
    expect(bySecond).toEqual([false, true]);
  });

  it('names each call by a UUID of its own, without Web Crypto', async () => {
    const aws = await service([200, {}]);
    const client = new sdk.DynamoDBClient(config(aws));
    await client.send(get());
    await client.send(get());
    const ids = aws.received.map(({ headers }) => headers['amz-sdk-invocation-id']);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids)
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('passes on the trace that Lambda gives it', async () => {
    const aws = await service([200, {}]);
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'activate');
    vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793');
    await new sdk.DynamoDBClient(config(aws)).send(get());
    expect(aws.received[0]?.headers['x-amzn-trace-id']).toMatch(/^Root=1-5759e988/);
  });

  it('prefers the trace that the runtime keeps for the request', async () => {
    const aws = await service([200, {}]);
    const [ofRequest, ofProcess] = ['Root=1-of-request', 'Root=1-of-process'];
    vi.stubGlobal('awslambda', { InvokeStore: { getXRayTraceId: () => ofRequest } });
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'activate');
    vi.stubEnv('_X_AMZN_TRACE_ID', ofProcess);
    await new sdk.DynamoDBClient(config(aws)).send(get());
    expect(aws.received[0]?.headers['x-amzn-trace-id']).toBe(ofRequest);
  });

  it('does not send what it has no credentials for', async () => {
    const aws = await service([200, {}]);
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    const client = new sdk.DynamoDBClient(config(aws));
    await expect(client.send(get())).rejects.toMatchObject({ name: 'CredentialsProviderError' });
    expect(aws.received).toEqual([]);
  });
});

function readSources(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
