/** A process that is one invocation of the Lambda function, so that a test can kill it. The batch comes on stdin. */
import { text } from 'node:stream/consumers';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { handler } from '../../../functions/handlers/events.ts';

const event = JSON.parse(await text(process.stdin)) as DynamoDBStreamEvent;
const answer = await handler(event, { awsRequestId: 'i-1' });
process.stdout.write(`${JSON.stringify(answer)}\n`);
