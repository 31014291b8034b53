import { BatchGetItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  type Clock,
  callService,
  type PimDirectory,
  type PimRegistration,
  ServiceError,
} from '../activation/ports.ts';
import { wellFormed } from '../pim/malformed.ts';
import { type PimUrl, registrationKeys } from '../pim/pim-url.ts';
import { PIMS, pimKey, REGISTRATION_ATTRIBUTES } from '../tables/pims.ts';
import { readRow } from '../tables/row.ts';

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
    return row && wellFormed(readRow(PIMS, row, REGISTRATION_ATTRIBUTES));
  }

  #read(keys: readonly string[]): BatchGetItemCommand {
    const Keys = keys.map(pimKey);
    return new BatchGetItemCommand({
      RequestItems: { [this.#table]: { Keys, ConsistentRead: true } },
    });
  }
}

/** How long a changed row may go unnoticed by a warm function. */
export const REGISTRATION_CACHE_MS = 60_000;

/** Bounds the memory; a suffix row may stand for any number of PIMs. */
const MAX_ENTRIES = 1_000;

/**
 * Remembers registrations for a minute. Only what is listed: a PIM that is refused is looked up again, so
 * that it works the moment the operator has added it, and made-up addresses fill no memory.
 */
export function cachedPimDirectory(inner: PimDirectory, now: Clock): PimDirectory {
  const cache = new Map<
    string,
    { readonly registration: PimRegistration; readonly until: number }
  >();

  function remember(pim: PimUrl, registration: PimRegistration): void {
    if (cache.size >= MAX_ENTRIES) cache.clear();
    cache.set(pim.toString(), { registration, until: now() + REGISTRATION_CACHE_MS });
  }

  async function look(pim: PimUrl): Promise<PimRegistration | undefined> {
    const registration = await inner.find(pim);
    cache.delete(pim.toString());
    if (registration) remember(pim, registration);
    return registration;
  }

  return {
    find: async (pim) => {
      const known = cache.get(pim.toString());
      return known && known.until > now() ? known.registration : look(pim);
    },
  };
}
