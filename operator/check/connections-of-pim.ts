import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { ConnectionScanner, ConnectionToVisit } from '../../functions/health/ports.ts';
import type { PimOrigin } from '../../functions/pim/pim-url.ts';
import { type Item, ItemReader, text } from '../../functions/store/item.ts';

/**
 * The live connections of one PIM, in place of a scan of the whole table. They are one segment, so the PIM is never
 * called twice at once.
 */
export function connectionsOfPim(
  client: DynamoDBClient,
  table: string,
  pim: PimOrigin,
): ConnectionScanner {
  const input = {
    TableName: table,
    KeyConditionExpression: 'pim = :pim',
    FilterExpression: '#status = :connected',
    ProjectionExpression: 'clientId, encryptedToken, tokenFingerprint, deadSightings',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':pim': text(pim.toString()), ':connected': text('connected') },
    ConsistentRead: true,
  };
  return {
    async *scan() {
      for await (const page of paginateQuery({ client }, input))
        for (const row of page.Items ?? []) yield toVisit(pim, row);
    },
  };
}

/** @throws {TypeError} naming the attribute that is not usable. */
function toVisit(pim: PimOrigin, row: Item): ConnectionToVisit {
  const reader = new ItemReader('Connections', row);
  return {
    kind: 'readable',
    pim,
    clientId: reader.text('clientId'),
    encryptedToken: reader.bytes('encryptedToken'),
    tokenFingerprint: reader.text('tokenFingerprint'),
    deadSightings: row['deadSightings'] ? reader.number('deadSightings') : 0,
  };
}
