import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { explainError } from '../../../cli/explain-error.ts';
import { proxyFor } from '../../../cli/proxy.ts';
import { send } from '../../../cli/send.ts';
import { awsClients } from '../../../cli/session.ts';
import { marked, marksIn } from '../../support/canary.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { rejectionOf } from '../../support/rejection.ts';
import { httpsServer, serverCertificate } from '../../support/tls.ts';
import { pointSdkTo } from './support/aws.ts';
import { operate } from './support/operate.ts';

/** A name that no name server knows, but the proxy does. */
const HOST = 'aws.inside.example';

const PASSWORD = marked('secret', 40);

/** A server under that name, and a proxy that reaches it; it notes what it is asked for. */
async function insideWorld(refusal?: string) {
  const target = await httpsServer(await serverCertificate({ host: HOST }), '{"TableNames":["t"]}');
  const { url: proxyUrl, asked } = await connectProxy(
    refusal === undefined ? { target } : { refusal },
  );
  const url = target.replace('127.0.0.1', HOST);
  const proxy = proxyUrl.replace('://', `://user:%40${PASSWORD}@`);
  pointSdkTo({
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL_DYNAMODB: url,
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NO_PROXY: undefined,
    no_proxy: undefined,
    https_proxy: undefined,
    HTTPS_PROXY: proxy,
  });
  return { url, asked, authority: new URL(url).host };
}

const AUTHORIZATION = `Basic ${Buffer.from(`user:@${PASSWORD}`).toString('base64')}`;

describe('the proxy of the environment', () => {
  it('carries the calls of AWS', async () => {
    const { asked, authority } = await insideWorld();
    const { dynamoDb } = awsClients({});
    const { TableNames } = await dynamoDb.send(new ListTablesCommand({}));
    dynamoDb.destroy();
    expect(TableNames).toEqual(['t']);
    expect(asked).toEqual([{ authority, authorization: AUTHORIZATION }]);
  });

  it('carries our own requests', async () => {
    const { url, asked, authority } = await insideWorld();
    expect(await send(new URL(url))).toMatchObject({ kind: 'answered', answer: { status: 200 } });
    expect(asked).toEqual([{ authority, authorization: AUTHORIZATION }]);
  });

  it('is named when it refuses', async () => {
    const { url } = await insideWorld('407 Proxy Authentication Required');
    const { dynamoDb } = awsClients({});
    const error = await rejectionOf(dynamoDb.send(new ListTablesCommand({})));
    expect(explainError(error).message).toBe('The proxy refuses a connection to AWS.');
    const sent = await send(new URL(url));
    expect(sent).toMatchObject({ connectionFailure: 'proxy-refused' });
    expect(marksIn(inspect([error, explainError(error), sent], { depth: null }))).toEqual([]);
  });

  it.each([
    ['its scheme is not of a proxy', `ftp://user:${PASSWORD}@x`],
    ['its password has a percent sign', `http://user:50%${PASSWORD}@x`],
    ['it is not an address', `http://user:${PASSWORD}@[`],
  ])('ends a command with what to do when %s, and does not repeat it', async (_what, proxy) => {
    const { url } = await insideWorld();
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', url);
    vi.stubEnv('HTTPS_PROXY', proxy);
    const { exit, stdout, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(2);
    expect(stderr).toContain('HTTPS_PROXY is not the address of a proxy.');
    expect(marksIn(stdout + stderr)).toEqual([]);
  });

  it('is left out where NO_PROXY says so', async () => {
    const { url, asked } = await insideWorld();
    vi.stubEnv('NO_PROXY', 'localhost,.inside.example');
    expect(await send(new URL(url))).toMatchObject({ connectionFailure: 'name-not-found' });
    expect(asked).toEqual([]);
  });
});

describe('proxyFor', () => {
  const found = (url: string, env: Record<string, string>) =>
    proxyFor(new URL(url), { HTTPS_PROXY: 'http://proxy.example:3128', ...env })?.href;

  it.each([
    ['nothing', ''],
    ['another name', 'b.example'],
    ['a name that ends alike', 'a.example'],
    ['another port', 'aa.example:8443'],
  ])('goes through the proxy when NO_PROXY holds %s', (_what, NO_PROXY) => {
    expect(found('https://aa.example', { NO_PROXY })).toBe('http://proxy.example:3128/');
  });

  it.each(['*', 'example', 'a.example', '.A.example', '*.a.example', 'x, a.example:443 y'])(
    'goes directly when NO_PROXY is %s',
    (NO_PROXY) => {
      expect(found('https://pim.a.example', { NO_PROXY })).toBeUndefined();
    },
  );

  it.each(['https://localhost:8443', 'https://[::1]', 'https://127.0.0.1', 'http://pim.example'])(
    'goes directly to %s',
    (url) => {
      expect(found(url, {})).toBeUndefined();
    },
  );

  it('takes a proxy without a scheme, and the variable in lower case first', () => {
    const env = { https_proxy: 'lower.example:8080' };
    expect(found('https://pim.example', env)).toBe('http://lower.example:8080/');
  });

  it('says that the variable means nothing, without repeating it', () => {
    const parse = () => found('https://pim.example', { HTTPS_PROXY: 'ftp://user:CANARY@x' });
    expect(parse).toThrow('HTTPS_PROXY is not the address of a proxy.');
  });
});

describe('a profile that is misspelt', () => {
  it('is told, with the profiles that there are', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const config = '[default]\n[profile prod]\nregion = x\n[sso-session CANARY]\n[profile "a b"]\n';
    writeFileSync(join(folder, 'config'), config);
    writeFileSync(join(folder, 'credentials'), '[old]\naws_secret_access_key = CANARY\n');
    pointSdkTo({
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    });
    const { exit, stderr } = await operate(['doctor', '--profile', 'prdo']);
    expect(exit).toBe(1);
    expect(stderr).toContain('There is no AWS profile "prdo".');
    expect(stderr).toContain("There are: 'a b', default, old, prod.");
  });

  it('is told where there is no profile at all', async () => {
    pointSdkTo({});
    const { stderr } = await operate(['doctor', '--profile', 'prdo']);
    expect(stderr).toContain('No file of AWS names any profile');
  });
});
