import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PimDirectory, PimRegistration } from '../activation/ports.ts';
import { callService, ServiceError } from '../activation/service-error.ts';
import { registrationKeys } from '../pim/pim-suffix.ts';
import type { PimUrl } from '../pim/pim-url.ts';
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
  async find(pim: PimUrl): Promise<PimRegistration | undefined> {
    const keys = registrationKeys(pim);
    const answer = await callService('dynamodb', this.#client.send(this.#read(keys)));
    if (Object.keys(answer.UnprocessedKeys ?? {}).length > 0)
      throw new ServiceError('dynamodb', new Error('BatchGetItem left keys unprocessed'));
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

  #listing(row: Item): PimRegistration {
    const reader = new ItemReader('Pims', row);
    const appUrl = reader.optionalText('appUrl');
    return {
      clientId: reader.text('clientId'),
      scopes: parseScope(reader.text('scopes')),
      ...(appUrl !== undefined && { appUrl }),
    };
  }
}
