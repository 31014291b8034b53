import {
  type AttributeValue,
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { ConnectionKey, ConnectionStore, Grant } from '../activation/ports.ts';
import { formatScope, parseScope, type ScopeSet } from '../pim/scopes.ts';
import { ifConditionHolds } from './condition.ts';
import { type Item, ItemReader, text, time } from './item.ts';

/** What every grant writes, whether its token is new or not. */
const RECORD_GRANT =
  '#status = :connected, requestedScopes = :requested, grantedScopes = :granted, lastOpenedAt = :tokenRequestedAt, lastFlow = :flow';
/** A token that the PIM has just handed out is alive, whatever an earlier check found. */
const FORGET_HEALTH = 'REMOVE health, checkedAt, consecutiveInvalid, statusAt';
const HAS_THIS_TOKEN = 'tokenFingerprint = :fingerprint';
/** A row that was spoilt by hand is not opened again but saved whole. */
const IS_WHOLE =
  'attribute_type(encryptedToken, :binary) AND attribute_type(firstConnectedAt, :text)';
/**
 * A grant that was asked for earlier but arrives later must not replace a newer token. A time that is a minute ahead
 * was written by a wrong clock, because no callback lives so long, and must not keep every token out. No more must
 * what is no time at all.
 */
const IS_LATEST =
  '(NOT attribute_type(lastOpenedAt, :text) OR lastOpenedAt <= :tokenRequestedAt OR lastOpenedAt > :implausible)';
const IMPLAUSIBLE_MS = 60_000;

/**
 * Connections in DynamoDB, as the callback sees them: it writes them and can confirm one, but has no
 * way to read a token back.
 */
export class DynamoDbConnectionStore implements ConnectionStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;

  constructor(client: DynamoDBClient, table: string) {
    this.#client = client;
    this.#table = table;
  }

  async reopen(grant: Grant): Promise<boolean> {
    const updated = await this.#update(grant, {
      ConditionExpression: `${HAS_THIS_TOKEN} AND ${IS_WHOLE} AND ${IS_LATEST}`,
      UpdateExpression: `SET ${RECORD_GRANT} ${FORGET_HEALTH}`,
      ExpressionAttributeValues: { ...grantValues(grant), ':binary': text('B') },
    });
    return updated !== undefined;
  }

  async save(grant: Grant, encryptedToken: Uint8Array): Promise<boolean> {
    const updated = await this.#update(grant, {
      ConditionExpression: IS_LATEST,
      UpdateExpression: `SET ${RECORD_GRANT}, ${HAS_THIS_TOKEN}, encryptedToken = :token, firstConnectedAt = if_not_exists(firstConnectedAt, :tokenRequestedAt) ${FORGET_HEALTH}`,
      ExpressionAttributeValues: { ...grantValues(grant), ':token': { B: encryptedToken } },
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
      ExpressionAttributeValues: { ':connected': text('connected'), ':since': time(since) },
      ReturnValues: 'UPDATED_NEW',
    });
    return updated && parseScope(new ItemReader('Connections', updated).text('grantedScopes'));
  }

  /** The returned attributes, or `undefined` when the condition does not hold. */
  async #update(
    { pim, clientId }: ConnectionKey,
    update: Partial<UpdateItemCommandInput>,
  ): Promise<Item | undefined> {
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: { pim: text(pim.toString()), clientId: text(clientId) },
      ExpressionAttributeNames: { '#status': 'status' },
      ...update,
    });
    const updated = await ifConditionHolds(this.#client.send(command));
    return updated && (updated.Attributes ?? {});
  }
}

function grantValues(grant: Grant): Record<string, AttributeValue> {
  return {
    ':connected': text('connected'),
    ':requested': text(formatScope(grant.requestedScopes)),
    ':granted': text(formatScope(grant.grantedScopes)),
    ':tokenRequestedAt': time(grant.tokenRequestedAt),
    ':implausible': time(grant.tokenRequestedAt + IMPLAUSIBLE_MS),
    ':flow': text(grant.flowId),
    ':fingerprint': text(grant.tokenFingerprint),
    ':text': text('S'),
  };
}
