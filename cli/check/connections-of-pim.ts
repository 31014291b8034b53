import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { connectionToVisit, VISIT_ATTRIBUTES } from '../../functions/health/connection-to-visit.ts';
import type { ConnectionScanner } from '../../functions/health/ports.ts';
import type { PimUrl, PimUrlPolicy } from '../../functions/pim/pim-url.ts';
import { text } from '../../functions/store/item.ts';

/**
 * The live connections of one PIM, in place of a scan of the whole table. They are one segment, so this sweep never
 * calls the PIM twice at once.
 */
export function connectionsOfPim(
  client: DynamoDBClient,
  table: string,
  { pim, policy }: { readonly pim: PimUrl; readonly policy: PimUrlPolicy },
): ConnectionScanner {
  const input = { TableName: table, ...isLiveIn(pim) };
  return {
    async *scan() {
      for await (const page of paginateQuery({ client }, input))
        for (const row of page.Items ?? []) yield connectionToVisit(row, policy);
    },
  };
}

function isLiveIn(pim: PimUrl) {
  return {
    KeyConditionExpression: 'pim = :pim',
    FilterExpression: '#status = :connected',
    ProjectionExpression: VISIT_ATTRIBUTES,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':pim': text(pim.toString()), ':connected': text('connected') },
    ConsistentRead: true,
  };
}
