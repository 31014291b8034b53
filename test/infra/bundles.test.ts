import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  type EmbeddedDynamoDb,
  startEmbeddedDynamoDb,
} from '../../local/store/embedded-dynamodb.ts';
import { FORBIDDEN_IN_NODE } from '../bench/bundles/limits.ts';
import { httpServer, type TestServer } from '../support/http-server.ts';
import { httpsServer, privateAuthority, serverCertificate } from '../support/tls.ts';
import { type Bundles, makeBundles } from './support/bundles.ts';
import { bundleEnvironment, type Environment, invoke } from './support/invoke.ts';

const TOKEN = 'a-token-of-the-pim';
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };

let bundles: Bundles;
let dynamoDb: EmbeddedDynamoDb;

beforeAll(async () => {
  bundles = makeBundles();
  dynamoDb = await startEmbeddedDynamoDb();
});
afterAll(() => dynamoDb.close());

/** The embedded DynamoDB answers for itself, everything else is at one address. */
function environment(services: string): Environment {
  const { address } = dynamoDb;
  return {
    ...bundleEnvironment(services, address),
    AWS_SESSION_TOKEN: 'session',
    AWS_ENDPOINT_URL_DYNAMODB: address.endpoint,
  };
}

/** KMS and a PIM in one: the bundle tells them apart by header and path. */
function servicesAndPim(): Promise<TestServer> {
  const answers: Record<string, object> = {
    'TrentService.Encrypt': { CiphertextBlob: Buffer.from('encrypted').toString('base64') },
    'TrentService.Decrypt': { Plaintext: Buffer.from('a-secret').toString('base64') },
    '/connect/apps/v1/oauth2/token': {
      access_token: TOKEN,
      token_type: 'bearer',
      scope: 'read_products',
    },
  };
  return httpServer((response, { headers, path }) => {
    const answer = answers[String(headers['x-amz-target'] ?? path)];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
}

async function list(pim: string): Promise<void> {
  const Item = { pim: { S: pim }, clientId: { S: 'client-1' }, scopes: { S: 'read_products' } };
  await dynamoDb.client.send(new PutItemCommand({ TableName: 'Pims', Item }));
  const encryptedSecret = { B: Buffer.from('encrypted') };
  const client = { clientId: { S: 'client-1' }, encryptedSecret };
  await dynamoDb.client.send(new PutItemCommand({ TableName: 'Clients', Item: client }));
}

describe('the bundles', () => {
  it('connect a PIM from the activation URL to the saved, encrypted token', async () => {
    const pim = await servicesAndPim();
    const env = environment(pim.url);
    await list(pim.url);

    const opened = await invoke(bundles.activate, `pim_url=${encodeURIComponent(pim.url)}`, env);
    expect(opened.log).toMatchObject({ message: 'authorization_requested', coldStart: true });
    const state = new URL(String(opened.response.headers?.['location'])).searchParams.get('state');
    const cookies = (opened.response.cookies ?? []).map((cookie) => cookie.split(';')[0] ?? '');

    const returned = await invoke(bundles.callback, `code=c0de&state=${state}`, env, cookies);
    expect(returned.log).toMatchObject({ message: 'connected', pim: pim.url });
    expect(returned.response.statusCode).toBe(303);

    const { Items } = await dynamoDb.client.send(new ScanCommand({ TableName: 'Connections' }));
    expect(Items).toMatchObject([{ pim: { S: pim.url }, clientId: { S: 'client-1' } }]);
    expect(Buffer.from(Items?.[0]?.['encryptedToken']?.B ?? []).toString()).toBe('encrypted');
    expect(JSON.stringify(Items)).not.toContain(TOKEN);
  });

  // Names in the code cannot tell: `new Headers()` in activate loaded undici, and every test stayed green.
  it('load nothing dear of Node until they have answered', async () => {
    const pim = await servicesAndPim();
    const env = environment(pim.url);
    await list(pim.url);
    const opened = await invoke(bundles.activate, `pim_url=${encodeURIComponent(pim.url)}`, env);
    const flow = await consumableFlow(pim.url);
    const returned = await invoke(bundles.callback, `code=c0de&state=${flow.state}`, env, [
      flow.cookie,
    ]);
    expect([opened.response.statusCode, returned.response.statusCode]).toEqual([302, 303]);
    for (const { loaded } of [opened, returned]) {
      expect(loaded).toContain('NativeModule https');
      expect(loaded.filter((module) => FORBIDDEN_IN_NODE.test(module))).toEqual([]);
    }
  });

  it('load what pages are made of for pages alone, and answer without it', async () => {
    const pim = await servicesAndPim();
    const env = environment(pim.url);
    await list(pim.url);
    const alone = (bundle: string) => {
      const copy = join(mkdtempSync(join(inject('synthesisFolder'), 'alone-')), basename(bundle));
      copyFileSync(bundle, copy);
      return copy;
    };
    const complete = await invoke(bundles.activate, '', env);
    expect(complete.response).toMatchObject({
      statusCode: 400,
      body: expect.stringContaining('<h1>'),
    });

    const [activate, callback] = [alone(bundles.activate), alone(bundles.callback)];
    const refused = await invoke(activate, '', env);
    expect(refused.response).toMatchObject({
      statusCode: 400,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
      body: expect.stringMatching(/<h1>.*<dd>pim_url_missing<.*<dd>r-1</s),
    });
    expect(refused.log).toMatchObject({
      message: 'page_part_missing',
      part: 'page',
      requestId: 'r-1',
    });
    const opened = await invoke(activate, `pim_url=${encodeURIComponent(pim.url)}`, env);
    const { state, cookie } = await consumableFlow(pim.url);
    const returned = await invoke(callback, `code=c0de&state=${state}`, env, [cookie]);
    expect([opened.response.statusCode, returned.response.statusCode]).toEqual([302, 303]);
    for (const [bundle, { files }] of [
      [activate, opened],
      [callback, returned],
    ] as const)
      expect(files.filter(isOurs)).toEqual([pathToFileURL(bundle).href]);
  });

  it('read for a page its one language, and what all pages share once', async () => {
    const env = { ...environment('http://localhost:9'), BRANDING: 'branding.json' };
    const folder = mkdtempSync(join(inject('synthesisFolder'), 'page-'));
    cpSync(dirname(bundles.activate), folder, { recursive: true });
    writeFileSync(join(folder, 'branding.json'), '{"name":"Catalog Sync"}');
    const bundle = join(folder, basename(bundles.activate));
    const { response, files } = await invoke(bundle, [pageIn('de'), pageIn('de-AT')], env);
    expect(response.body).toContain('Catalog Sync');
    const read = files.filter(isOurs).map((file) => file.slice(file.indexOf(basename(folder))));
    const expected = ['index.mjs', 'answer.mjs', 'branding.json', 'languages/', 'languages/de.mjs'];
    expect(read).toEqual(expected.map((name) => `${basename(folder)}/${name}`));
  });

  it('have nothing beside them that verifies logins, as long as nobody asks for them', () => {
    const files = readdirSync(dirname(bundles.callback));
    expect(files).toContain('answer.mjs');
    expect(files).not.toContain('verify-login.mjs');
  });

  it('answer in the language that the browser asks for, and in English without its file', async () => {
    const env = environment('http://localhost:9');
    const folder = mkdtempSync(join(inject('synthesisFolder'), 'languages-'));
    cpSync(dirname(bundles.activate), folder, { recursive: true });
    const languageOf = async (acceptLanguage: string, more: Environment = {}) => {
      const bundle = join(folder, basename(bundles.activate));
      const { response, log } = await invoke(bundle, pageIn(acceptLanguage), { ...env, ...more });
      return [response.headers?.['content-language'], log['message']];
    };
    expect(await languageOf('ja-JP,en;q=0.5')).toEqual(['ja', 'pim_url_missing']);
    expect(await languageOf('ja', { PAGE_LANGUAGES: 'fr de' })).toEqual(['fr', 'pim_url_missing']);
    rmSync(join(folder, 'languages/ja.mjs'));
    expect(await languageOf('ja', { PAGE_LANGUAGES: 'en ja' })).toEqual([
      'en',
      'page_part_missing',
    ]);
  });

  it('trust a private authority of a PIM when its certificate lies beside them, and not else', async () => {
    const services = await servicesAndPim();
    const issuer = await privateAuthority();
    const certificate = await serverCertificate({ issuer });
    const grant = '{"access_token":"a-token","token_type":"bearer","scope":"read_products"}';
    const pim = await httpsServer(certificate, grant);
    writeFileSync(new URL('ca.pem', pathToFileURL(bundles.callback)), issuer.cert);
    const outcomes: unknown[] = [];
    for (const more of [{}, { PIM_CERTIFICATE_AUTHORITIES: 'ca.pem' }]) {
      const { state, cookie } = await consumableFlow(pim);
      const env = { ...environment(services.url), ...more };
      const { log } = await invoke(bundles.callback, `code=c0de&state=${state}`, env, [cookie]);
      outcomes.push([log['message'], log['connectionFailure']]);
    }
    expect(outcomes).toEqual([
      ['pim_unreachable', 'certificate-unknown-issuer'],
      ['connected', undefined],
    ]);
  });

  it('sign with the credentials of the environment, session and all', async () => {
    const services = await servicesAndPim();
    const flow = await consumableFlow(services.url);
    await invoke(bundles.callback, `code=c0de&state=${flow.state}`, environment(services.url), [
      flow.cookie,
    ]);
    const [secret] = services.received;
    expect(secret?.headers['authorization']).toContain('Credential=id/');
    expect(secret?.headers['x-amz-security-token']).toBe('session');
  });

  it('name every missing variable at once', async () => {
    await expect(invoke(bundles.activate, '', CREDENTIALS)).rejects.toThrow(
      'Missing environment variables: STACK_NAME, PIMS_TABLE, FLOWS_TABLE.',
    );
    await expect(invoke(bundles.callback, '', CREDENTIALS)).rejects.toThrow(
      'Missing environment variables: STACK_NAME, FLOWS_TABLE, CONNECTIONS_TABLE, CLIENTS_TABLE, CLIENT_SECRET_KEY_ID, TOKEN_KEY_ID',
    );
  });

  it.each(['activate', 'callback'] as const)('leave SSO, STS and undici out of %s', (endpoint) => {
    const code = readFileSync(bundles[endpoint], 'utf8');
    for (const absent of ['GetRoleCredentials', 'AssumeRole', 'credential_process', 'undici'])
      expect(code).not.toContain(absent);
  });
});

/** Whether a file that a bundle read is none of Node's own, nor of the test. */
function isOurs(file: string): boolean {
  return /^(file:|\/)/.test(file) && !file.includes('/support/');
}

/** A request that ends in a page. */
function pageIn(acceptLanguage: string): object {
  return {
    rawPath: '/activate',
    rawQueryString: '',
    headers: { 'accept-language': acceptLanguage },
    requestContext: { requestId: 'r-1' },
  };
}

/** A pending flow of a browser, as activate would have saved it. */
async function consumableFlow(pim: string): Promise<{ state: string; cookie: string }> {
  const [state, browserKey] = ['s'.repeat(43), 'b'.repeat(43)];
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  const now = Date.now();
  const Item = {
    stateHash: { S: hash(state) },
    status: { S: 'pending' },
    pim: { S: pim },
    clientId: { S: 'client-1' },
    scopes: { S: 'read_products' },
    browserHash: { S: hash(browserKey) },
    attempt: { N: '1' },
    startedAt: { S: new Date(now).toISOString() },
    expiresAt: { N: String(Math.floor(now / 1000) + 60) },
  };
  await dynamoDb.client.send(new PutItemCommand({ TableName: 'Flows', Item }));
  return { state, cookie: `__Host-akeneo-app-browser-${browserKey.slice(0, 8)}=${browserKey}` };
}
