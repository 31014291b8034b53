import { createHash } from 'node:crypto';
import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  type BatchGetItemCommandOutput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { appUrlOf } from '../activation/app-url.ts';
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
import { type Item, readRow, type StoredRow } from '../tables/row.ts';

/** The allow-list in the Pims table; the exact row and all suffix rows come in one read. */
export class DynamoDbPimDirectory implements PimDirectory {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async find(pim: PimUrl): Promise<PimRegistration | undefined> {
    const keys = registrationKeys(pim);
    const rows = await this.#readAll(keys.map(pimKey));
    const row = keys.map((key) => rows.find((item) => item['pim']?.S === key)).find(Boolean);
    return row && registrationOf(row, pim);
  }

  /**
   * Reads until DynamoDB has left nothing out: if the exact row were missing, a suffix row with other credentials would
   * be taken for it. The read is consistent, so that a PIM can be opened the moment after it was added.
   *
   * @throws {ServiceError} when a read fails, or rows are still left out after {@link PAUSES_MS} and no time is left.
   * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html BatchGetItem}
   */
  async #readAll(keys: readonly Item[]): Promise<readonly StoredRow[]> {
    const startedAt = performance.now();
    const rows: StoredRow[] = [];
    let unread: BatchGetItemCommandInput['RequestItems'] = {
      [this.#table]: { Keys: [...keys], ConsistentRead: true },
    };
    for (const pauseMs of [...PAUSES_MS, undefined]) {
      const command: BatchGetItemCommand = new BatchGetItemCommand({ RequestItems: unread });
      const answer: BatchGetItemCommandOutput = await callService(
        'dynamodb',
        this.#client.send(command),
      );
      rows.push(...(answer.Responses?.[this.#table] ?? []));
      unread = answer.UnprocessedKeys ?? {};
      if (Object.keys(unread).length === 0) return rows;
      if (pauseMs === undefined || performance.now() - startedAt > LONGEST_READ_MS) break;
      await pause(pauseMs);
    }
    throw new ServiceError('dynamodb', new Error('BatchGetItem left keys unprocessed'));
  }
}

/** The tenant of an App URL comes from the same row, so nobody who opens the App can choose it. */
function registrationOf(row: StoredRow, pim: PimUrl): PimRegistration {
  const read = wellFormed(readRow(PIMS, row, REGISTRATION_ATTRIBUTES));
  const { appUrl, loginUrl, redirectUrl, tenant, tenantId, ...rest } = read;
  const [app, login, redirect] = [appUrl, loginUrl, redirectUrl].map(
    (url) => url && appUrlOf(url, tenant),
  );
  const isExact = row['pim']?.S === pim.toString();
  return {
    ...rest,
    ...(app && { appUrl: app }),
    ...(login &&
      redirect &&
      tenantId && {
        loginUrl: login,
        redirectUrl: redirect,
        tenantId: isExact ? tenantId : tenantBelow(tenantId, pim),
      }),
  };
}

/** Each PIM that a suffix covers is a tenant of its own. */
function tenantBelow(tenantId: string, pim: PimUrl): string {
  return createHash('sha256').update(`${tenantId}\n${pim.toString()}`).digest('base64url');
}

/** Before each repetition of a read that left rows out. */
const PAUSES_MS = [50, 100, 200, 400];

/** After this time no read is repeated: somebody waits for the page, and the flow has still to be saved. */
const LONGEST_READ_MS = 3_000;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
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
