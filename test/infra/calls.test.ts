import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOGGED_BYTES, REQUESTS, type RequestUsage, WARM } from '../../docs/usage.ts';
import { COLD_ROUNDS } from '../../functions/http/endpoint.ts';
import { KEEP_WARM_EVENT } from '../../functions/http/request.ts';
import { knownScopes } from '../../functions/pim/scope-catalogue.ts';
import {
  type EmbeddedDynamoDb,
  startEmbeddedDynamoDb,
} from '../../local/store/embedded-dynamodb.ts';
import { httpServer, type Received } from '../support/http-server.ts';
import { type Bundles, makeBundles } from './support/bundles.ts';
import { bundleEnvironment, type Invocation, invoke } from './support/invoke.ts';
import { synthesize, theResource } from './support/synthesis.ts';

/** May be listed under four names. */
const LISTED_PIM = 'https://pim.eu.cloud.akeneo.com';
const CLIENT_ID = '11111111-2222-4333-8444-555555555555';
const EVERY_SCOPE = knownScopes().join(' ');
const GRANT = { access_token: 't'.repeat(86), token_type: 'bearer', scope: EVERY_SCOPE };

/** A condition that does not hold costs a write. */
const REFUSED_WRITE_UNITS = 1;

/** As long as KMS makes them. */
const CIPHERTEXT = Buffer.alloc(240, 1);

const ANSWERS: Readonly<Record<string, object>> = {
  'TrentService.Encrypt': { CiphertextBlob: CIPHERTEXT.toString('base64') },
  'TrentService.Decrypt': { Plaintext: Buffer.from('s'.repeat(86)).toString('base64') },
  '/connect/apps/v1/oauth2/token': GRANT,
};

/** What can be measured here. */
type Used = Omit<RequestUsage, 'indexUnits'>;

let bundles: Bundles;
let dynamoDb: EmbeddedDynamoDb;

beforeAll(async () => {
  bundles = makeBundles();
  dynamoDb = await startEmbeddedDynamoDb();
  const Item = { pim: { S: LISTED_PIM }, clientId: { S: CLIENT_ID }, scopes: { S: EVERY_SCOPE } };
  await dynamoDb.client.send(new PutItemCommand({ TableName: 'Pims', Item }));
  const client = { clientId: { S: CLIENT_ID }, encryptedSecret: { B: CIPHERTEXT } };
  await dynamoDb.client.send(new PutItemCommand({ TableName: 'Clients', Item: client }));
});
afterAll(() => dynamoDb.close());

/** What AWS bills of the calls that have come in. */
class Meter {
  readUnits = 0;
  writeUnits = 0;
  kmsRequests = 0;

  async answer(request: Received, response: ServerResponse): Promise<void> {
    const target = String(request.headers['x-amz-target'] ?? request.path);
    if (target.startsWith('TrentService')) this.kmsRequests += 1;
    const answer = target.startsWith('DynamoDB')
      ? await this.#ofDynamoDb(request, target)
      : { status: 200, text: JSON.stringify(ANSWERS[target] ?? {}) };
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(answer.text);
  }

  /** DynamoDB says itself how many units a call is, if that is asked for. */
  async #ofDynamoDb({ headers, body }: Received, target: string) {
    const { endpoint } = dynamoDb.address;
    const asked = { ...(JSON.parse(body) as object), ReturnConsumedCapacity: 'TOTAL' };
    const { authorization, 'content-type': type = '' } = headers;
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: {
        authorization: String(authorization),
        'content-type': type,
        'x-amz-date': String(headers['x-amz-date']),
        'x-amz-target': target,
      },
      body: JSON.stringify(asked),
    });
    const text = await answer.text();
    const units = [...text.matchAll(/"CapacityUnits":([\d.]+)/g)].map(([, unit]) => Number(unit));
    const sum = units.reduce((total, unit) => total + unit, 0);
    if (target.includes('Get')) this.readUnits += sum;
    else this.writeUnits += answer.ok ? sum : REFUSED_WRITE_UNITS;
    return { status: answer.status, text };
  }
}

/** AWS and a PIM at one address, and what cold functions use of them. */
async function meteredServices() {
  let meter = new Meter();
  // The SDK repeats a call whose answer comes late, as on a busy machine.
  const { url } = await httpServer((response, request) => {
    const isRepeated = /attempt=[2-9]/.test(String(request.headers['amz-sdk-request']));
    void (isRepeated ? new Meter() : meter).answer(request, response);
  });

  async function measure(
    endpoint: keyof Bundles,
    query: string | object,
    cookies: readonly string[] = [],
  ): Promise<Invocation & { readonly used: Used }> {
    meter = new Meter();
    const invocation = await invoke(bundles[endpoint], query, environment(url), cookies);
    const { readUnits, writeUnits, kmsRequests } = meter;
    const bytes = {
      answerBytes: bytesOf(invocation.response),
      lineBytes: bytesOf(invocation.log),
    };
    return { ...invocation, used: { readUnits, writeUnits, kmsRequests, ...bytes } };
  }

  return { url, measure };
}

function bytesOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** The line of a request is as long as in production, the name of whose stack is in it. */
function environment(services: string) {
  return { ...bundleEnvironment(services, dynamoDb.address), STACK_NAME: 'AkeneoAppActivation' };
}

const BROWSER_KEY = 'b'.repeat(43);
const COOKIE = `__Host-akeneo-app-browser-${BROWSER_KEY.slice(0, 8)}=${BROWSER_KEY}`;

/** How long a person takes in the PIM's wizard; a PIM that answers by itself takes no time. */
const A_PERSON_MS = 60_000;

function activating(pim: string): string {
  return `pim_url=${encodeURIComponent(pim)}`;
}

/** The query of a callback in a pending flow, which began so long ago. */
async function callbackOf(pim: string, state: string, ageMs: number): Promise<string> {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  const now = Date.now();
  const texts = {
    stateHash: hash(state),
    status: 'pending',
    pim,
    clientId: CLIENT_ID,
    scopes: EVERY_SCOPE,
    browserHash: hash(BROWSER_KEY),
    startedAt: new Date(now - ageMs).toISOString(),
  };
  const Item = {
    ...Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }])),
    attempt: { N: '1' },
    expiresAt: { N: String(Math.floor(now / 1000) + 60) },
  };
  await dynamoDb.client.send(new PutItemCommand({ TableName: 'Flows', Item }));
  return `code=c0de&state=${state}`;
}

/** Calls are counted exactly; bytes may be fewer than documented. */
function expectDocumented(used: Used, documented: RequestUsage): void {
  const { answerBytes, lineBytes, indexUnits: _unmeasured, ...calls } = documented;
  expect(used).toMatchObject(calls);
  expect(used.answerBytes).toBeLessThanOrEqual(answerBytes);
  expect(used.lineBytes).toBeLessThanOrEqual(lineBytes);
}

describe('a request uses what the cost table says:', () => {
  it('to activate', async () => {
    const { measure } = await meteredServices();
    const { log, used } = await measure('activate', activating(LISTED_PIM));
    expect(log).toMatchObject({ message: 'authorization_requested' });
    expectDocumented(used, REQUESTS.activate);
  });

  it('to activate for a PIM that is not listed', async () => {
    const { measure } = await meteredServices();
    const { log, used } = await measure(
      'activate',
      activating('https://other.eu.cloud.akeneo.com'),
    );
    expect(log).toMatchObject({ message: 'pim_not_listed' });
    expectDocumented(used, REQUESTS.refused);
  });

  it('to connect, to see the success page, and to open the App again', async () => {
    const { url, measure } = await meteredServices();
    const connecting = await callbackOf(url, 'c'.repeat(43), A_PERSON_MS);
    const connected = await measure('callback', connecting, [COOKIE]);
    expect(connected.log).toMatchObject({ message: 'connected' });
    expectDocumented(connected.used, REQUESTS.callback);

    const [, page = ''] = String(connected.response.headers?.['location']).split('?');
    const shown = await measure('callback', page, [COOKIE]);
    expect(shown.log).toMatchObject({ message: 'connection_shown' });
    expectDocumented(shown.used, REQUESTS.page);

    const opening = await callbackOf(url, 'o'.repeat(43), 0);
    const reopened = await measure('callback', opening, [COOKIE]);
    expect(reopened.log).toMatchObject({ message: 'connected' });
    expectDocumented(reopened.used, REQUESTS.reopened);
  });

  it('to be kept warm, which writes nothing and logs nothing', async () => {
    const { measure } = await meteredServices();
    const activate = await measure('activate', KEEP_WARM_EVENT);
    const callback = await measure('callback', KEEP_WARM_EVENT);
    for (const { response, log, used } of [activate, callback]) {
      expect(response).toEqual({ statusCode: 204 });
      expect(log).toEqual({});
      expect(used.writeUnits).toBe(0);
    }
    const readUnits = activate.used.readUnits + callback.used.readUnits;
    const kmsRequests = activate.used.kmsRequests + callback.used.kmsRequests;
    expect({ readUnits, kmsRequests }).toEqual({
      readUnits: COLD_ROUNDS * WARM.readUnits,
      kmsRequests: COLD_ROUNDS * WARM.kmsRequests,
    });
  });

  it('in the access log', () => {
    const { Properties } = theResource(synthesize(), 'AWS::ApiGatewayV2::Stage', 'Api/Stage');
    const { Format } = Properties['AccessLogSettings'] as { readonly Format: string };
    expect(Format.length).toBeLessThanOrEqual(LOGGED_BYTES.access);
  });
});
