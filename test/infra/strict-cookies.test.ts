import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it, onTestFinished } from 'vitest';
import { startEmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';
import { bundleEnvironment, invoke } from './support/invoke.ts';
import { type SynthesizedFunction, synthesizedFunctions } from './support/synthesized-functions.ts';

const PIM = 'http://localhost:3001';
const SAFARI =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15';

/** The loosest stage that can be deployed. */
const STAGE = {
  stage: 'development',
  dangerouslyAllowHttpPimOnLoopback: true,
  dangerouslyDestroyTables: true,
  simulatedPim: true,
} as const;

/** What Safari asks for at the local run; there it gets a cookie that it keeps. */
function safarisRequest(rawQueryString: string, cookies: readonly string[] = []): object {
  const headers = { host: 'localhost:3000', 'user-agent': SAFARI };
  const requestContext = { requestId: 'r-1', http: { sourceIp: '127.0.0.1', userAgent: SAFARI } };
  return { rawPath: '/callback', rawQueryString, cookies, headers, requestContext };
}

/** Whatever a stage sets as text; the others are names of its resources. */
function textsOf({ variables }: SynthesizedFunction): Readonly<Record<string, string>> {
  const { variables: all } = JSON.parse(variables) as { variables: Record<string, unknown> };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

it('no variable of a deployed stage makes its functions set or take a cookie without Secure and prefix', async () => {
  const functions = synthesizedFunctions(STAGE);
  const dynamoDb = await startEmbeddedDynamoDb();
  onTestFinished(() => dynamoDb.close());
  const Item = { pim: { S: PIM }, clientId: { S: 'client-1' }, scopes: { S: 'read_products' } };
  await dynamoDb.client.send(new PutItemCommand({ TableName: 'Pims', Item }));
  const local = bundleEnvironment(dynamoDb.address.endpoint, dynamoDb.address);
  const invoked = (handler: 'activate' | 'callback', event: object) => {
    const deployed = functions.get(handler);
    if (!deployed) throw new Error(`No function is ${handler}.`);
    const environment = { ...local, ...textsOf(deployed) };
    return invoke(join(deployed.asset, 'index.mjs'), event, environment);
  };

  const opened = await invoked('activate', safarisRequest(`pim_url=${encodeURIComponent(PIM)}`));
  expect(opened.response.cookies).toEqual([
    expect.stringMatching(
      /^__Host-akeneo-app-browser-[\w-]{8}=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
    ),
  ]);
  const state = new URL(String(opened.response.headers?.['location'])).searchParams.get('state');
  const relaxed = opened.response.cookies?.map(
    (cookie) => cookie.replace('__Host-', '').split(';')[0] ?? '',
  );
  const returned = await invoked('callback', safarisRequest(`code=c0de&state=${state}`, relaxed));
  expect(returned.log).toMatchObject({ message: 'browser_cookie_missing' });
});
