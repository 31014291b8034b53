import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { guard, Outage } from '../activation/outage.ts';
import type { PimDirectory, PimListing } from '../activation/ports.ts';
import { listingKeys } from '../pim/pim-suffix.ts';
import type { PimOrigin } from '../pim/pim-url.ts';
import { parseScope } from '../pim/scopes.ts';
import { type Item, ItemReader, text } from './item.ts';

/** The allow-list in the Pims table; the exact row and all suffix rows come in one read. */
export class DynamoDbPimDirectory implements PimDirectory {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  /**
   * A partial answer is an outage: if the exact row were the one left out, a suffix row with other
   * credentials would be taken for it. The read is consistent, so that a PIM can be opened the moment
   * after it was added.
   */
  async find(pim: PimOrigin): Promise<PimListing | undefined> {
    const keys = listingKeys(pim);
    const answer = await guard('dynamodb', this.#client.send(this.#read(keys)));
    if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0)
      throw new Outage('dynamodb', new Error('BatchGetItem left keys unprocessed'));
    const rows = answer.Responses?.[this.#table] ?? [];
    const row = keys.map((key) => rows.find((item) => item['pim']?.S === key)).find(Boolean);
    return row && this.#listing(row);
  }

  #read(keys: readonly string[]): BatchGetItemCommand {
    const Keys = keys.map((key) => ({ pim: text(key) }));
    return new BatchGetItemCommand({
      RequestItems: { [this.#table]: { Keys, ConsistentRead: true } },
    });
  }

  #listing(row: Item): PimListing {
    const reader = new ItemReader('Pims', row);
    const appUrl = reader.optionalText('appUrl');
    return {
      clientId: reader.text('clientId'),
      scopes: parseScope(reader.text('scopes')),
      ...(appUrl !== undefined && { appUrl }),
    };
  }
}
