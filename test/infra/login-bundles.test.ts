import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, inject, it } from 'vitest';
import { randomText } from '../../functions/activation/flow.ts';
import { bundle, entryPointsOf } from '../../infra/bundling/bundling.ts';
import { prebuiltCode } from '../../infra/bundling/handler-code.ts';
import { openConnections } from '../../reader/index.ts';
import { selfSignedCertificate } from '../../simulator/openid.ts';
import { FORBIDDEN_IN_NODE } from '../bench/bundles/limits.ts';
import { emptyDynamoDb } from '../support/empty-dynamodb.ts';
import { httpServer } from '../support/http-server.ts';
import { signedToken, twoKeyPairs } from '../support/id-tokens.ts';
import { bundleEnvironment, type Environment, invoke } from './support/invoke.ts';

const [keys] = await twoKeyPairs();
const certificate = await selfSignedCertificate(keys, new Date());

/** A function as it is deployed, with what lies beside its bundle. */
function bundled(handler: string): string {
  const folder = mkdtempSync(join(inject('synthesisFolder'), `${handler}-`));
  bundle(entryPointsOf(handler), folder);
  return join(folder, 'index.mjs');
}

/** KMS and a PIM in one, whose user agrees to the scopes. */
function servicesAndPim(scope: string) {
  return httpServer((response, { headers, path }) => {
    const url = `http://${headers.host}`;
    const now = Date.now() / 1000;
    const claims = { iss: url, sub: 's', aud: 'client-1', iat: now, exp: now + 3600 };
    const answers: Record<string, object> = {
      'TrentService.Encrypt': { CiphertextBlob: Buffer.from('encrypted').toString('base64') },
      'TrentService.Decrypt': { Plaintext: Buffer.from('a-secret').toString('base64') },
      '/connect/apps/v1/openid/public-key': { public_key: certificate },
      '/connect/apps/v1/oauth2/token': {
        access_token: 'a-token',
        token_type: 'bearer',
        scope,
        id_token: signedToken({ claims }, keys),
      },
    };
    const answer = answers[String(headers['x-amz-target'] ?? path)];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
}

async function connected(
  scope: string,
  callback = bundled('callback'),
  variables: Environment = {},
) {
  const dynamoDb = await emptyDynamoDb();
  const { client, address } = dynamoDb;
  const pim = await servicesAndPim(scope);
  const env = {
    ...bundleEnvironment(pim.url, address),
    AWS_ENDPOINT_URL_DYNAMODB: address.endpoint,
    LOGINS_TABLE: 'Logins',
    ...variables,
  };
  const Item = {
    pim: { S: pim.url },
    clientId: { S: 'client-1' },
    scopes: { S: scope },
    loginUrl: { S: 'https://app.example.com/login' },
    redirectUrl: { S: 'https://app.example.com/done' },
    tenantId: { S: 'tenant' },
  };
  await client.send(new PutItemCommand({ TableName: 'Pims', Item }));
  const secret = { clientId: { S: 'client-1' }, encryptedSecret: { B: Buffer.from('encrypted') } };
  await client.send(new PutItemCommand({ TableName: 'Clients', Item: secret }));
  const opened = await invoke(bundled('activate'), `pim_url=${encodeURIComponent(pim.url)}`, env);
  const state = new URL(String(opened.response.headers?.['location'])).searchParams.get('state');
  const cookies = (opened.response.cookies ?? []).map((cookie) => cookie.split(';')[0] ?? '');
  const query = `code=c0de&state=${state}`;
  const returned = await invoke(callback, query, env, cookies);
  return { dynamoDb, pim, env, cookies, returned };
}

describe('the bundles of a stack with identity', () => {
  it('take a login from the id token to the App', async () => {
    const { dynamoDb, pim, env, cookies, returned } = await connected('openid read_products');
    expect(returned.log).toMatchObject({ message: 'connected' });
    expect(returned.response.headers?.['location']).toBe(
      `https://app.example.com/login?${new URLSearchParams({ pim_url: pim.url }).toString()}`,
    );
    expect(returned.loaded.filter((module) => FORBIDDEN_IN_NODE.test(module))).toEqual([]);

    const verifier = randomText();
    const question = new URLSearchParams({
      pim_url: pim.url,
      state: 'state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const answered = await invoke(bundled('login'), question.toString(), env, cookies);
    expect(answered.log).toMatchObject({ message: 'login_handed_over', Endpoint: 'login' });
    expect(answered.loaded.filter((module) => FORBIDDEN_IN_NODE.test(module))).toEqual([]);
    const target = new URL(String(answered.response.headers?.['location']));
    const connections = openConnections({
      tableName: 'Connections',
      loginsTableName: 'Logins',
      dynamoDb: dynamoDb.client,
      env: {},
    });
    const code = target.searchParams.get('code') ?? '';
    expect(await connections.redeemLogin(code, verifier)).toMatchObject({
      pim: pim.url,
      tenant: 'tenant',
    });
  });

  it('ask the PIM nothing more, and load nothing more, without openid', async () => {
    const { pim, returned } = await connected('read_products', withoutLogins());
    expect(returned.log).toMatchObject({ message: 'connected' });
    expect(returned.response.headers?.['location']).toContain('https://app.example.com/login?');
    expect(pim.received.map(({ path }) => path)).not.toContain(
      '/connect/apps/v1/openid/public-key',
    );
  });

  it('connect an App even while its logins cannot be kept', async () => {
    const noTable = { LOGINS_TABLE: 'None' };
    const { returned } = await connected('openid read_products', bundled('callback'), noTable);
    expect(returned.log).toMatchObject({
      message: 'identity_unverified',
      identityProblem: 'not-saved',
      dependency: 'dynamodb',
      errorName: 'ResourceNotFoundException',
    });
  });

  it('connect an App even without what verifies logins', async () => {
    const { returned } = await connected('openid read_products', withoutLogins());
    expect(returned.log).toMatchObject({
      message: 'identity_unverified',
      identityProblem: 'defect',
    });
    expect(returned.response.headers?.['location']).toContain('https://app.example.com/login?');
  });
});

/** Callback, as if its module were lost. */
function withoutLogins(): string {
  const callback = bundled('callback');
  rmSync(join(dirname(callback), 'verify-login.mjs'));
  return callback;
}

describe('the bundles of a stack without identity', () => {
  it('have nothing beside them that verifies logins when the package brings them, either', () => {
    const callback = dirname(bundled('callback'));
    const app = new App({ outdir: mkdtempSync(join(inject('synthesisFolder'), 'prebuilt-')) });
    for (const [index, files] of [{}, { 'branding.json': '{}' }].entries())
      prebuiltCode(callback, files, ['verify-login']).bind(new Stack(app, `Stack${index}`));
    const assets = readdirSync(app.outdir).filter((name) => name.startsWith('asset.'));
    expect(assets).toHaveLength(2);
    for (const asset of assets) {
      const files = readdirSync(join(app.outdir, asset));
      expect(files).toContain('answer.mjs');
      expect(files).not.toContain('verify-login.mjs');
    }
  });
});
