import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { tokenFingerprint } from '../../../../functions/activation/record.ts';
import {
  DynamoDbConnectionScanner,
  DynamoDbFindingRecorder,
} from '../../../../functions/health/check-store.ts';
import { pimProber } from '../../../../functions/health/pim-prober.ts';
import type { ScheduledSweepDeps } from '../../../../functions/health/scheduled-sweep.ts';
import type { SweepDeps } from '../../../../functions/health/sweep.ts';
import { AccessToken } from '../../../../functions/pim/credentials.ts';
import { wellFormed } from '../../../../functions/pim/malformed.ts';
import { KmsTokenCipher } from '../../../../functions/store/kms-token-cipher.ts';
import { KmsTokenDecrypter } from '../../../../functions/store/kms-token-decrypter.ts';
import { type Item, text } from '../../../../functions/tables/row.ts';
import type { EmbeddedDynamoDb } from '../../../../local/store/embedded-dynamodb.ts';
import { marked } from '../../../support/canary.ts';
import { emptyDynamoDb } from '../../../support/empty-dynamodb.ts';
import { KEY_ID, startFakeKms } from '../../../support/fake-kms.ts';
import { pimUrl } from '../../../support/pim-url.ts';

/** PIMs of these tests are on this machine. */
export const POLICY = { dangerouslyAllowHttpOnLoopback: true };

/** The table of connections, really kept, and everything that a sweep works with. */
export interface HealthWorld {
  readonly db: EmbeddedDynamoDb;
  readonly deps: SweepDeps & Pick<ScheduledSweepDeps, 'connections'>;
  /** Saves a connection as the callback does; with a token that can be looked for unless another is given. */
  connect(pim: string, options?: { clientId?: string; token?: string }): Promise<string>;
  /** Changes attributes of a row past everything. */
  change(pim: string, changes: Item, clientId?: string): Promise<void>;
  /** The texts and numbers of a row. */
  row(pim: string, clientId?: string): Promise<Record<string, string | undefined>>;
}

/** Opens an empty table, until the test ends. */
export async function healthWorld(
  changes: Partial<HealthWorld['deps']> = {},
): Promise<HealthWorld> {
  const db = await emptyDynamoDb();
  const { connections } = db.address.tables;
  const { client: kms } = await startFakeKms();
  const cipher = new KmsTokenCipher(kms, KEY_ID);
  const keyOf = (pim: string, clientId: string) => ({ pim: text(pim), clientId: text(clientId) });
  return {
    db,
    deps: {
      connections: new DynamoDbConnectionScanner(db.client, connections, POLICY),
      findings: new DynamoDbFindingRecorder(db.client, connections),
      decrypter: new KmsTokenDecrypter(kms, KEY_ID),
      prober: pimProber({ timeoutMs: 3_000, pause: async () => {} }),
      now: Date.now,
      ...changes,
    },
    connect: async (pim, { clientId = 'client', token = marked('token', 86) } = {}) => {
      const Item = await connectedRow(pim, clientId, token, cipher);
      await db.client.send(new PutItemCommand({ TableName: connections, Item }));
      return token;
    },
    change: async (pim, changed, clientId = 'client') => {
      const names = Object.keys(changed);
      const command = new UpdateItemCommand({
        TableName: connections,
        Key: keyOf(pim, clientId),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries(changed).map(([name, value]) => [`:${name}`, value]),
        ),
      });
      await db.client.send(command);
    },
    row: async (pim, clientId = 'client') => {
      const Key = keyOf(pim, clientId);
      const { Item = {} } = await db.client.send(
        new GetItemCommand({ TableName: connections, Key, ConsistentRead: true }),
      );
      return Object.fromEntries(
        Object.entries(Item).map(([name, value]) => [name, value.S ?? value.N]),
      );
    },
  };
}

async function connectedRow(
  pim: string,
  clientId: string,
  secret: string,
  cipher: KmsTokenCipher,
): Promise<Item> {
  const token = accessToken(secret);
  return {
    pim: text(pim),
    clientId: text(clientId),
    status: text('connected'),
    encryptedToken: { B: await cipher.encrypt(token, { pim: pimUrl(pim), clientId }) },
    tokenFingerprint: text(tokenFingerprint(token, cipher.keyId)),
    requestedScopes: text('read_products'),
    grantedScopes: text('read_products'),
    firstConnectedAt: text('2026-03-01T12:00:00.000Z'),
    lastOpenedAt: text('2026-03-01T12:00:00.000Z'),
  };
}

/** A token from a text that the test knows to be good. */
export function accessToken(secret: string): AccessToken {
  const token = wellFormed(AccessToken.parse(secret));
  if (!token) throw new TypeError('not a token');
  return token;
}
