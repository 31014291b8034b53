import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { connectionKey } from '../functions/tables/connections.ts';
import { text, time } from '../functions/tables/row.ts';
import type { ListedConnection } from './connections.ts';

/** A connection whose token the PIM called dead. */
export type DeadToken = Pick<ListedConnection, 'pim' | 'clientId' | 'tokenFingerprint'>;

/** Records that a PIM user has disconnected the App, noticed at this time in epoch milliseconds. */
export type DisconnectionMark = (dead: DeadToken, noticedAt: number) => Promise<void>;

/**
 * Marks in DynamoDB, by one write under the condition that the row still has this token. A connection that has received a
 * newer token stays as it is. So does one that is marked already: the earlier time is the more accurate one.
 *
 * The mark rejects with the error of AWS when the write fails.
 */
export function disconnectionMark(client: DynamoDBClient, table: string): DisconnectionMark {
  return async (dead, noticedAt) => {
    try {
      await client.send(markCommand(table, dead, noticedAt));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
}

function markCommand(table: string, dead: DeadToken, noticedAt: number): UpdateItemCommand {
  return new UpdateItemCommand({
    TableName: table,
    Key: connectionKey(dead),
    ConditionExpression: 'tokenFingerprint = :fingerprint AND #status <> :disconnected',
    UpdateExpression: 'SET #status = :disconnected, statusAt = :at',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':fingerprint': text(dead.tokenFingerprint),
      ':disconnected': text('disconnected'),
      ':at': time(noticedAt),
    },
  });
}
