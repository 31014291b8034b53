import { describe, expect, it } from 'vitest';
import { COLD_ROUNDS } from '../../../functions/http/endpoint.ts';
import { KEEP_WARM_EVENT } from '../../../functions/http/request.ts';
import { activateEvent, callbackEvent } from '../../bench/events.ts';
import { activateOn, awsAndPim, callbackOn, requestsOf } from './support/endpoints.ts';

const READ = 'DynamoDB_20120810.BatchGetItem';
const PUT = 'DynamoDB_20120810.PutItem';
const UPDATE = 'DynamoDB_20120810.UpdateItem';
const GET = 'DynamoDB_20120810.GetItem';
const DECRYPT = 'TrentService.Decrypt';
const ENCRYPT = 'TrentService.Encrypt';

/** The AWS calls that one request makes, in their order. */
async function callsOf(...request: Parameters<typeof requestsOf>): Promise<unknown[]> {
  const targets = (await requestsOf(...request)).map(({ headers }) => headers['x-amz-target']);
  return targets.filter((target) => target);
}

describe('activate', () => {
  it('reads once and writes once when cold, and only writes when warm', async () => {
    const aws = await awsAndPim();
    const handler = activateOn(aws);
    expect(await callsOf(aws, handler, activateEvent(aws.url))).toEqual([READ, PUT]);
    expect(await callsOf(aws, handler, activateEvent(aws.url))).toEqual([PUT]);
  });
});

describe('callback', () => {
  it('writes twice and encrypts once, and reads the secret once in its life', async () => {
    const aws = await awsAndPim();
    const handler = callbackOn(aws);
    const event = callbackEvent('connect');
    expect(await callsOf(aws, handler, event)).toEqual([UPDATE, GET, DECRYPT, ENCRYPT, UPDATE]);
    expect(await callsOf(aws, handler, event)).toEqual([UPDATE, ENCRYPT, UPDATE]);
  });

  it('writes twice and encrypts nothing when the App is opened again', async () => {
    const aws = await awsAndPim();
    const handler = callbackOn(aws);
    const event = callbackEvent('openAgain');
    expect(await callsOf(aws, handler, event)).toEqual([UPDATE, GET, DECRYPT, UPDATE]);
    expect(await callsOf(aws, handler, event)).toEqual([UPDATE, UPDATE]);
  });
});

describe('the event that keeps a function warm', () => {
  const warming = JSON.stringify(KEEP_WARM_EVENT);

  it('reads a PIM that nobody has, repeatedly when it starts the function', async () => {
    const aws = await awsAndPim();
    const handler = activateOn(aws);
    expect(await callsOf(aws, handler, warming)).toEqual(Array(COLD_ROUNDS).fill(READ));
    expect(await callsOf(aws, handler, warming)).toEqual([READ]);
  });

  it('reads a flow and a client secret that nobody has, and encrypts no token', async () => {
    const aws = await awsAndPim();
    const handler = callbackOn(aws);
    const calls = [GET, GET, ENCRYPT];
    expect(await callsOf(aws, handler, warming)).toEqual(
      Array.from({ length: COLD_ROUNDS }, () => calls).flat(),
    );
    expect(await callsOf(aws, handler, warming)).toEqual(calls);
  });
});
