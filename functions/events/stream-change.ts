import type { DynamoDBRecord } from 'aws-lambda';
import {
  type ConnectionImage,
  connectionImage,
  type Image,
  oldImage,
  removedImage,
} from './connection-image.ts';

/** The longest sequence number that a stream has; they are padded to it, so that they sort as text. */
const SEQUENCE_DIGITS = 40;

/** One change of one row. At least one of the two images is there. */
export interface StreamChange {
  /** Names the change; the same each time that the stream delivers it. */
  readonly id: string;
  /** Greater for a later change of the same row, compared as text. */
  readonly sequence: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly before?: ConnectionImage;
  readonly after?: ConnectionImage;
}

/**
 * Reads a record of the table's stream.
 *
 * @throws {TypeError} naming what is missing or not usable: a row that was changed by hand, or a stream
 * without both images. A row that was spoilt before and is readable now, or is removed, is no error: this is
 * how it is mended.
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html StreamRecord}
 */
export function streamChange({ eventID, dynamodb = {} }: DynamoDBRecord): StreamChange {
  const { SequenceNumber, ApproximateCreationDateTime, OldImage, NewImage } = dynamodb;
  if (!OldImage && !NewImage) return missing('image');
  return {
    id: eventID ?? missing('eventID'),
    sequence: (SequenceNumber ?? missing('SequenceNumber')).padStart(SEQUENCE_DIGITS, '0'),
    at: isoTime(ApproximateCreationDateTime ?? missing('ApproximateCreationDateTime')),
    ...imagesOf(OldImage, NewImage),
  };
}

function imagesOf(
  old: Image | undefined,
  now: Image | undefined,
): Pick<StreamChange, 'before' | 'after'> {
  if (!now) return old ? { before: removedImage(old) } : {};
  const after = connectionImage(now);
  const before = old && oldImage(old);
  return before ? { before, after } : { after };
}

function isoTime(epochSeconds: number): string {
  return new Date(epochSeconds * 1000).toISOString();
}

function missing(what: string): never {
  throw new TypeError(`A record of the stream has no ${what}.`);
}
