import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { callService } from '../activation/ports.ts';
import { loginKey } from '../tables/logins.ts';
import { type Item, seconds } from '../tables/row.ts';
import { ifConditionHolds } from './conditional-write.ts';

/** Writes a row of Logins. The newest login of a browser in a PIM takes the place of an older one. */
export function loginWriter(client: DynamoDBClient, table: string) {
  return (row: Item): Promise<unknown> =>
    callService('dynamodb', client.send(new PutItemCommand({ TableName: table, Item: row })));
}

/**
 * Takes a row of Logins: what was sealed in it, if it was there in time. Of any number of callers exactly one gets it.
 *
 * A delete whose answer is lost is sent again by the SDK, and finds nothing. Then the user opens the App once more.
 */
export function loginTaker(client: DynamoDBClient, table: string) {
  return async (id: string, now: number): Promise<Uint8Array | undefined> => {
    const command = new DeleteItemCommand({
      TableName: table,
      Key: loginKey(id),
      ConditionExpression: 'expiresAt > :now',
      ExpressionAttributeValues: { ':now': seconds(now) },
      ReturnValues: 'ALL_OLD',
    });
    const deleted = await ifConditionHolds(client.send(command));
    return deleted?.Attributes?.['sealed']?.B;
  };
}
