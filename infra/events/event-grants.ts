import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { EVENT_SOURCE } from '../../functions/events/app-event.ts';
import type { Bus } from './bus.ts';

/** Lets Lambda read the stream in the function's name; it gives no right to the table itself. */
export function grantReadStream(streamArn: string, grantee: IGrantable): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    resourceArns: [streamArn],
  });
}

/**
 * Lets a function publish events of this source, and of no other.
 *
 * @see {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html Conditions of EventBridge}
 */
export function grantPublish(bus: Bus, grantee: IGrantable): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['events:PutEvents'],
    resourceArns: [bus.eventBusArn],
    conditions: { StringEquals: { 'events:source': EVENT_SOURCE } },
  });
}

/** Lets Lambda name, in the function's name, the records that were given up. */
export function grantReport(queue: Pick<IQueue, 'queueArn'>, grantee: IGrantable): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['sqs:SendMessage'],
    resourceArns: [queue.queueArn],
  });
}
