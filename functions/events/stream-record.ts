import type { DynamoDBRecord } from 'aws-lambda';
import { isMalformed, type Malformed, malformed } from '../pim/malformed.ts';
import { scopeSet } from '../pim/scopes.ts';
import {
  CONNECTION_KEY,
  CONNECTIONS,
  type ConnectionAttribute,
  type ConnectionRow,
} from '../tables/connections.ts';
import { readRow, type StoredRow } from '../tables/row.ts';

/** Not the encrypted token and the fingerprint: they come with the image and stay in it. */
const EVENT_ATTRIBUTES = [
  ...CONNECTION_KEY,
  'status',
  'requestedScopes',
  'grantedScopes',
  'lastOpenedAt',
] as const satisfies readonly ConnectionAttribute[];

/** The longest sequence number that a stream has; they are padded to it, so that they sort as text. */
const SEQUENCE_DIGITS = 40;

/** A row of Connections, before or after a change, as far as events depend on it. */
export type ConnectionImage = ConnectionRow<(typeof EVENT_ATTRIBUTES)[number]>;

/** One change of one row. */
export interface StreamChange {
  /** Names the change; the same each time that the stream delivers it. */
  readonly id: string;
  /** Greater for a later change of the same row, compared as text. */
  readonly sequence: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** The row after the change, or the last one before it was removed. */
  readonly connection: Omit<ConnectionImage, 'status' | 'lastOpenedAt'>;
  /** Absent when the row is new, was malformed, or was removed. */
  readonly before?: ConnectionImage;
  /** Absent when the row was removed. */
  readonly after?: ConnectionImage;
}

/**
 * Reads a record of the table's stream. It is malformed when the new row was changed by hand to something unusable, or
 * when the stream has no images. An old row that was malformed is no problem if the new one is well-formed or the
 * row was removed.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html StreamRecord}
 */
export function readStreamRecord({ eventID, dynamodb }: DynamoDBRecord): StreamChange | Malformed {
  const { SequenceNumber, ApproximateCreationDateTime, OldImage, NewImage } = dynamodb ?? {};
  const images = readImages(OldImage, NewImage);
  if (isMalformed(images)) return images;
  if (!eventID) return missing('eventID');
  if (!SequenceNumber) return missing('SequenceNumber');
  const at = isoTime(ApproximateCreationDateTime);
  if (!at) return missing('ApproximateCreationDateTime');
  return { id: eventID, sequence: SequenceNumber.padStart(SEQUENCE_DIGITS, '0'), at, ...images };
}

type Images = Pick<StreamChange, 'connection' | 'before' | 'after'>;

function readImages(old: StoredRow | undefined, now: StoredRow | undefined): Images | Malformed {
  if (!now) return old ? readRemoved(old) : missing('image');
  const after = readRow(CONNECTIONS, now, EVENT_ATTRIBUTES);
  if (isMalformed(after)) return after;
  const before = old && readRow(CONNECTIONS, old, EVENT_ATTRIBUTES);
  return { connection: after, after, ...(before && !isMalformed(before) && { before }) };
}

/**
 * Even when the rest of a removed row is malformed, its key is there, and subscribers have to learn that the connection
 * is gone. Malformed scopes are empty.
 */
function readRemoved(image: StoredRow): Images | Malformed {
  const key = readRow(CONNECTIONS, image, CONNECTION_KEY);
  if (isMalformed(key)) return key;
  const scopes = (name: 'requestedScopes' | 'grantedScopes') =>
    CONNECTIONS.attributes[name].decode(image[name] ?? {}) ?? scopeSet([]);
  const [requestedScopes, grantedScopes] = [scopes('requestedScopes'), scopes('grantedScopes')];
  return { connection: { ...key, requestedScopes, grantedScopes } };
}

function isoTime(epochSeconds = Number.NaN): string | undefined {
  const date = new Date(epochSeconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function missing(what: string): Malformed {
  return malformed(`A record of the stream has no ${what}.`);
}
