import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { parseFlowId } from '../../../../functions/activation/flow.ts';
import type { Grant } from '../../../../functions/activation/ports.ts';
import { tokenFingerprint } from '../../../../functions/activation/record.ts';
import { AccessToken } from '../../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../../functions/pim/malformed.ts';
import { parseScope } from '../../../../functions/pim/scopes.ts';
import { DynamoDbConnectionStore } from '../../../../functions/store/connection-store.ts';
import { type Item, text } from '../../../../functions/tables/row.ts';
import { marked } from '../../../support/canary.ts';
import { emptyDynamoDb } from '../../../support/empty-dynamodb.ts';
import { pimUrl } from '../../../support/pim-url.ts';

/** What the stream's records say about time, in epoch seconds. */
export const RECORDED_AT = Date.parse('2026-03-02T08:00:00Z') / 1000;
/** The length of a sequence number of AWS. */
const FIRST_SEQUENCE_NUMBER = 4_415_684_800_000_000_000_000n;

/** What a test wants to be different about a grant. */
export interface GrantOptions {
  readonly pim?: string;
  readonly clientId?: string;
  readonly granted?: string;
  readonly token?: string;
}

/**
 * The real table, written by the real store, with the stream that the embedded DynamoDB lacks: each change is
 * recorded as Lambda would get it, ciphertext and fingerprint included.
 */
export interface RecordedTable {
  readonly records: DynamoDBRecord[];
  /** The callback saves a new token; each call is a second later than the one before. */
  save(options?: GrantOptions): Promise<DynamoDBRecord>;
  /** The callback records that the App was opened with the token that it has. */
  reopen(options?: GrantOptions): Promise<DynamoDBRecord>;
  /** Somebody sets attributes of a row. */
  set(changes: Item, options?: GrantOptions): Promise<DynamoDBRecord>;
  /** An operator forgets the connection. */
  remove(options?: GrantOptions): Promise<DynamoDBRecord>;
}

export const PIM = 'https://pim.example';
const TOKEN = marked('token', 86);

/** Opens an empty table, until the test ends. */
export async function recordedTable(): Promise<RecordedTable> {
  const db = await emptyDynamoDb();
  const TableName = db.address.tables.connections;
  const store = new DynamoDbConnectionStore(db.client, TableName);
  const records: DynamoDBRecord[] = [];
  let seconds = 0;

  async function image(Key: Item) {
    const { Item } = await db.client.send(
      new GetItemCommand({ TableName, Key, ConsistentRead: true }),
    );
    return Item && streamImage(Item as Item);
  }

  async function recording(options: GrantOptions, write: (Key: Item) => Promise<unknown>) {
    const Key = { pim: text(options.pim ?? PIM), clientId: text(options.clientId ?? 'client') };
    const before = await image(Key);
    await write(Key);
    const after = await image(Key);
    const record = streamRecord(records.length, before, after);
    records.push(record);
    return record;
  }

  function nextGrant(options: GrantOptions): Grant {
    seconds += 1;
    return grant(options, seconds);
  }

  return {
    records,
    save: (options = {}) =>
      recording(options, () =>
        store.save(nextGrant(options), Buffer.from(options.token ?? TOKEN, 'utf8')),
      ),
    reopen: (options = {}) => recording(options, () => store.reopen(nextGrant(options))),
    set: (changes, options = {}) =>
      recording(options, (Key) =>
        db.client.send(new UpdateItemCommand({ TableName, Key, ...setting(changes) })),
      ),
    remove: (options = {}) =>
      recording(options, (Key) => db.client.send(new DeleteItemCommand({ TableName, Key }))),
  };
}

function grant(options: GrantOptions, second: number): Grant {
  const { pim = PIM, clientId = 'client', granted = 'read_products', token = TOKEN } = options;
  const [flowId, accessToken] = [
    wellFormed(parseFlowId('f'.repeat(43))),
    wellFormed(AccessToken.parse(token)),
  ];
  if (!flowId || !accessToken) throw new TypeError('not usable');
  return {
    pim: pimUrl(pim),
    clientId,
    requestedScopes: parseScope('read_products write_categories'),
    grantedScopes: parseScope(granted),
    tokenFingerprint: tokenFingerprint(accessToken, 'key'),
    flowId,
    tokenRequestedAt: Date.parse('2026-03-02T08:00:00Z') + second * 1_000,
  };
}

function setting(changes: Item) {
  const names = Object.keys(changes);
  return {
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(
      Object.entries(changes).map(([name, value]) => [`:${name}`, value]),
    ),
  };
}

type StreamImage = NonNullable<NonNullable<DynamoDBRecord['dynamodb']>['NewImage']>;

/** Lambda gets binary attributes in base64. */
function streamImage(row: Item): StreamImage {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, streamValue(value)] as const),
  );
}

function streamValue({ S, N, B }: AttributeValue): StreamImage[string] {
  if (B) return { B: Buffer.from(B).toString('base64') };
  return S === undefined ? { N: N ?? '' } : { S };
}

function streamRecord(number: number, before?: StreamImage, after?: StreamImage): DynamoDBRecord {
  return {
    eventID: `event-${number}`,
    eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
    dynamodb: {
      ApproximateCreationDateTime: RECORDED_AT + number,
      SequenceNumber: String(FIRST_SEQUENCE_NUMBER + BigInt(number)),
      ...(before && { OldImage: before }),
      ...(after && { NewImage: after }),
    },
  };
}
