import {
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ConnectionKey, ConnectionStore, Grant } from '../activation/ports.ts';
import { wellFormed } from '../pim/malformed.ts';
import type { ScopeSet } from '../pim/scopes.ts';
import {
  CONNECTIONS,
  connectionKey,
  grantToItem,
  OUTDATED_BY_GRANT,
} from '../tables/connections.ts';
import { type Item, readRow, type StoredRow, text, time } from '../tables/row.ts';
import { assignmentsOf, ifConditionHolds } from './conditional-write.ts';

const REMOVE_OUTDATED = `REMOVE ${OUTDATED_BY_GRANT.join(', ')}`;
const HAS_THIS_TOKEN = 'tokenFingerprint = :tokenFingerprint';
/** A malformed row is not opened again but saved whole. */
const IS_WHOLE =
  'attribute_type(encryptedToken, :binary) AND attribute_type(firstConnectedAt, :text)';
/**
 * An earlier token request whose answer arrives later must not replace a newer token. No callback lives for a minute,
 * so a time that lies further ahead comes from a wrong clock. Neither that nor a value that is no time keeps a token
 * out.
 */
const IS_LATEST =
  '(NOT attribute_type(lastOpenedAt, :text) OR lastOpenedAt <= :lastOpenedAt OR lastOpenedAt > :implausible)';
const IMPLAUSIBLE_MS = 60_000;

/** Connections in DynamoDB, as the callback sees them: it writes them and can confirm one, but reads no token back. */
export class DynamoDbConnectionStore implements ConnectionStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async reopen(grant: Grant): Promise<boolean> {
    const { expression, names, values } = assignmentsOf(grantToItem(grant));
    const updated = await this.#update(grant, {
      ConditionExpression: `${HAS_THIS_TOKEN} AND ${IS_WHOLE} AND ${IS_LATEST}`,
      UpdateExpression: `SET ${expression} ${REMOVE_OUTDATED}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ...values,
        ...latestValues(grant),
        ':tokenFingerprint': text(grant.tokenFingerprint),
        ':binary': text('B'),
      },
    });
    return updated !== undefined;
  }

  async save(grant: Grant, encryptedToken: Uint8Array): Promise<boolean> {
    const { expression, names, values } = assignmentsOf({
      ...grantToItem(grant),
      tokenFingerprint: text(grant.tokenFingerprint),
      encryptedToken: { B: encryptedToken },
    });
    const updated = await this.#update(grant, {
      ConditionExpression: IS_LATEST,
      UpdateExpression: `SET ${expression}, firstConnectedAt = if_not_exists(firstConnectedAt, :lastOpenedAt) ${REMOVE_OUTDATED}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ...latestValues(grant) },
    });
    return updated !== undefined;
  }

  /**
   * An update that changes nothing and returns one attribute: it answers the question without any right
   * to read the table, where the tokens are.
   */
  async confirm(key: ConnectionKey, since: number): Promise<ScopeSet | undefined> {
    const updated = await this.#update(key, {
      ConditionExpression: '#status = :connected AND lastOpenedAt >= :since',
      UpdateExpression: 'SET grantedScopes = grantedScopes',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':connected': text('connected'), ':since': time(since) },
      ReturnValues: 'UPDATED_NEW',
    });
    if (!updated) return undefined;
    return wellFormed(readRow(CONNECTIONS, updated, ['grantedScopes'])).grantedScopes;
  }

  /** The returned attributes, or `undefined` when the condition does not hold. */
  async #update(
    key: ConnectionKey,
    update: Partial<UpdateItemCommandInput>,
  ): Promise<StoredRow | undefined> {
    const Key = connectionKey(key);
    const command = new UpdateItemCommand({ TableName: this.#table, Key, ...update });
    const updated = await ifConditionHolds(this.#client.send(command));
    return updated && (updated.Attributes ?? {});
  }
}

/** What {@link IS_LATEST} names beyond the attributes of a grant. */
function latestValues({ tokenRequestedAt }: Grant): Item {
  return { ':implausible': time(tokenRequestedAt + IMPLAUSIBLE_MS), ':text': text('S') };
}
