import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { text, time } from '../../functions/store/item.ts';
import type { ListedConnection } from '../connection.ts';

/** Which connection, and the token that the PIM called dead. */
export type DeadToken = Pick<ListedConnection, 'pim' | 'clientId' | 'tokenFingerprint'>;

/**
 * Records that a connection is dead.
 *
 * @param at epoch milliseconds.
 */
export type DisconnectionMark = (dead: DeadToken, at: number) => Promise<void>;

/**
 * Marks in DynamoDB, by one write that is bound to the token's fingerprint: a connection that has received a newer
 * token meanwhile stays as it is, and so does one that is marked already, whose time is the truer one.
 *
 * The mark rejects with the error of AWS when the write cannot be made.
 */
export function disconnectionMark(client: DynamoDBClient, table: string): DisconnectionMark {
  return async (dead, at) => {
    try {
      await client.send(markCommand(table, dead, at));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
}

function markCommand(table: string, dead: DeadToken, at: number): UpdateItemCommand {
  return new UpdateItemCommand({
    TableName: table,
    Key: { pim: text(dead.pim), clientId: text(dead.clientId) },
    ConditionExpression: 'tokenFingerprint = :fingerprint AND #status <> :disconnected',
    UpdateExpression: 'SET #status = :disconnected, statusAt = :at',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':fingerprint': text(dead.tokenFingerprint),
      ':disconnected': text('disconnected'),
      ':at': time(at),
    },
  });
}
