import { createHash } from 'node:crypto';
import { SQSClient } from '@aws-sdk/client-sqs';
import { UndeliveredQueue } from '../../../../functions/events/undelivered.ts';
import { httpServer } from '../../../support/http-server.ts';

/** SQS behind real HTTP, until the test ends, with one queue. */
export interface FakeQueue {
  readonly undelivered: UndeliveredQueue;
  /** What was sent to it, oldest first. */
  readonly messages: readonly unknown[];
}

/** @param status 200, or the queue is not there. */
export async function fakeQueue(status = 200): Promise<FakeQueue> {
  const messages: unknown[] = [];
  const { url } = await httpServer((response, { body }) => {
    const { MessageBody } = JSON.parse(body) as { MessageBody: string };
    if (status === 200) messages.push(JSON.parse(MessageBody));
    const MD5OfMessageBody = createHash('md5').update(MessageBody).digest('hex');
    const answer = status === 200 ? { MessageId: 'id', MD5OfMessageBody } : { __type: NOT_THERE };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(answer));
  });
  const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };
  const client = new SQSClient({ endpoint: url, region: 'eu-west-1', credentials, maxAttempts: 1 });
  return { undelivered: new UndeliveredQueue(client, `${url}/1/undelivered`), messages };
}

const NOT_THERE = 'com.amazonaws.sqs#QueueDoesNotExist';
