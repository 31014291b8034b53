import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { randomText, State } from '../../../../functions/activation/flow.ts';
import { tokenFingerprint } from '../../../../functions/activation/record.ts';
import { AccessToken } from '../../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../../functions/pim/malformed.ts';
import { parseScope } from '../../../../functions/pim/scopes.ts';
import { DynamoDbConnectionStore } from '../../../../functions/store/connection-store.ts';
import { KmsTokenCipher } from '../../../../functions/store/kms-token-cipher.ts';
import { type Item, type StoredRow, text } from '../../../../functions/tables/row.ts';
import type { EmbeddedDynamoDb } from '../../../../local/store/embedded-dynamodb.ts';
import {
  type Connections,
  type OpenConnectionsOptions,
  openConnections,
} from '../../../../reader/index.ts';
import { marked } from '../../../support/canary.ts';
import { emptyDynamoDb } from '../../../support/empty-dynamodb.ts';
import { type FakeKms, KEY_ID, startFakeKms } from '../../../support/fake-kms.ts';
import { pimUrl } from '../../../support/pim-url.ts';
import { type RecordingClient, recordingClient } from './recorded-commands.ts';

/** When tests begin. */
export const START = Date.parse('2030-01-01T00:00:00Z');

/** What a test wants of a connection; the rest is made up. */
export interface Connecting {
  readonly pim: string;
  readonly clientId?: string;
  readonly token?: string;
  readonly scope?: string;
  readonly requestedScope?: string;
}

/** One test's table, key and clock, and the reader over them. */
export class ReaderWorld {
  /** The reader's client. The test uses another one. */
  readonly db: RecordingClient;
  readonly kms: FakeKms;
  readonly table: string;
  readonly dynamoDbUrl: string;
  readonly #client: DynamoDBClient;
  /** How long the reader paused, in milliseconds each. */
  readonly pauses: number[] = [];
  time = START;

  constructor({ client, address }: EmbeddedDynamoDb, kms: FakeKms) {
    this.#client = client;
    this.db = recordingClient(client);
    this.kms = kms;
    this.dynamoDbUrl = address.endpoint;
    this.table = address.tables.connections;
  }

  /** A reader of its own, with nothing cached. Pauses take no time but move the clock. */
  open(options: Partial<OpenConnectionsOptions> = {}): Connections {
    return openConnections({
      tableName: this.table,
      dynamoDb: this.db.client,
      kms: this.kms.client,
      dangerouslyAllowHttpPimOnLoopback: true,
      now: () => this.time,
      pause: async (ms, signal) => {
        signal?.throwIfAborted();
        this.pauses.push(ms);
        this.time += ms;
      },
      env: { AKENEO_APP_TOKEN_KEY_ID: KEY_ID },
      ...options,
    });
  }

  /** Saves a connection as the callback does, and returns its token. */
  async connect({
    pim,
    clientId = 'client',
    scope = 'read_products',
    ...more
  }: Connecting): Promise<string> {
    const token = more.token ?? marked('token', 86);
    const accessToken = wellFormed(AccessToken.parse(token));
    const key = { pim: pimUrl(pim), clientId };
    const encrypted = await new KmsTokenCipher(this.kms.client, KEY_ID).encrypt(accessToken, key);
    const grant = {
      ...key,
      requestedScopes: parseScope(more.requestedScope ?? scope),
      grantedScopes: parseScope(scope),
      tokenFingerprint: tokenFingerprint(accessToken, 'key'),
      flowId: State.generate(randomText).hash(),
      tokenRequestedAt: this.time,
    };
    await new DynamoDbConnectionStore(this.#client, this.table).save(grant, encrypted);
    return token;
  }

  /** The row, read with a client of the test's own. */
  async row(pim: string, clientId = 'client'): Promise<StoredRow | undefined> {
    const Key = { pim: text(pim), clientId: text(clientId) };
    const command = new GetItemCommand({ TableName: this.table, Key });
    return (await this.#client.send(command)).Item;
  }

  /** Writes a row with a client of the test's own. */
  async putRow(row: StoredRow): Promise<void> {
    // Every value of a row is a text, a number or bytes.
    const Item = row as Item;
    await this.#client.send(new PutItemCommand({ TableName: this.table, Item }));
  }

  async forget(pim: string, clientId = 'client'): Promise<void> {
    const Key = { pim: text(pim), clientId: text(clientId) };
    await this.#client.send(new DeleteItemCommand({ TableName: this.table, Key }));
  }
}

/** A world with a DynamoDB of its own, until the test ends: an earlier test may have had a PIM at the same port. */
export async function newWorld(): Promise<ReaderWorld> {
  const db = await emptyDynamoDb();
  return new ReaderWorld(db, await startFakeKms());
}

let made = 0;

/** The address of a PIM that no other test knows. */
export function newPim(): string {
  made += 1;
  return `https://pim-${made}.example`;
}
