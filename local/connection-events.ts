import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type AttributeValue, type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { type AppEvent, EVENT_SOURCE } from '../functions/events/app-event.ts';
import { eventsOf } from '../functions/events/events-of.ts';
import { readStreamRecord } from '../functions/events/stream-record.ts';
import { isMalformed } from '../functions/pim/malformed.ts';
import { connectionKey } from '../functions/tables/connections.ts';

/** An event as a rule of EventBridge gets it, without what EventBridge adds. */
export interface ShownEvent {
  readonly source: typeof EVENT_SOURCE;
  readonly 'detail-type': AppEvent['type'];
  readonly detail: AppEvent['detail'];
}

/** How often the table is read, in milliseconds. */
const EVERY_MS = 500;

/**
 * Tells every event that the stack would publish. The embedded DynamoDB has no stream, so the table is read again and
 * again, and each change is read as a record of the stream would be.
 *
 * @returns what ends it, after a last look.
 */
export function watchConnections(
  client: DynamoDBClient,
  table: string,
  tell: (event: ShownEvent) => void,
): () => Promise<void> {
  const stop = new AbortController();
  // It ends with an error when the database has gone before.
  const ended = watch(client, table, tell, stop.signal).catch(() => undefined);
  return () => {
    stop.abort();
    return ended;
  };
}

async function watch(
  client: DynamoDBClient,
  table: string,
  tell: (event: ShownEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  let before = await imagesOf(client, table);
  for (let count = 1, isLast = false; !isLast; count += 1) {
    await pause(EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
    isLast = signal.aborted;
    const after = await imagesOf(client, table);
    for (const key of new Set([...before.keys(), ...after.keys()]))
      for (const event of eventsBetween(before.get(key), after.get(key), count)) tell(event);
    before = after;
  }
}

type Image = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** The rows by their keys, without the encrypted tokens, which no event holds. */
async function imagesOf(
  client: DynamoDBClient,
  TableName: string,
): Promise<ReadonlyMap<string, Image>> {
  const images = new Map<string, Image>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    for (const row of Items) {
      const { pim, clientId } = row;
      images.set(
        JSON.stringify(connectionKey({ pim: pim?.S ?? '', clientId: clientId?.S ?? '' })),
        imageOf(row),
      );
    }
  return images;
}

function imageOf(row: Readonly<Record<string, AttributeValue>>): Image {
  const image: Image = {};
  for (const [name, { S, N }] of Object.entries(row))
    if (S !== undefined) image[name] = { S };
    else if (N !== undefined) image[name] = { N };
  return image;
}

function eventsBetween(
  OldImage: Image | undefined,
  NewImage: Image | undefined,
  count: number,
): readonly ShownEvent[] {
  if (JSON.stringify(OldImage) === JSON.stringify(NewImage)) return [];
  const change = readStreamRecord({
    eventID: randomUUID().replaceAll('-', ''),
    dynamodb: {
      SequenceNumber: String(count),
      ApproximateCreationDateTime: Math.floor(Date.now() / 1_000),
      OldImage,
      NewImage,
    },
  });
  if (isMalformed(change)) return [];
  return eventsOf(change).map(({ type, detail }) => ({
    source: EVENT_SOURCE,
    'detail-type': type,
    detail,
  }));
}
