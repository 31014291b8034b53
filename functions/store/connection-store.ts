import {
  type DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { Confirmed, ConnectionKey, ConnectionStore, Grant } from '../activation/ports.ts';
import { wellFormed } from '../pim/malformed.ts';
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
 * An earlier token request whose answer arrives later must not replace a newer token, nor must one whose request was
 * under way together with the request for another token. No callback lives for a minute, so a time that lies further
 * ahead comes from a wrong clock. Neither that nor a value that is no time keeps a token out.
 */
const IS_LATEST = `(NOT attribute_type(lastOpenedAt, :text) OR lastOpenedAt <= :settled OR lastOpenedAt > :implausible OR (${HAS_THIS_TOKEN} AND lastOpenedAt <= :lastOpenedAt))`;
/**
 * Whoever marks a connection has seen the PIM refuse its token. When that was after this request for the same token, the
 * answer was still under way as the connection ended. A mark that lies a minute ahead comes from a wrong clock.
 */
const IS_ALIVE = `(NOT ${HAS_THIS_TOKEN} OR #status = :status OR NOT attribute_type(statusAt, :text) OR statusAt <= :lastOpenedAt OR statusAt > :implausible)`;
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
      ConditionExpression: `${HAS_THIS_TOKEN} AND ${IS_WHOLE} AND ${IS_LATEST} AND ${IS_ALIVE}`,
      UpdateExpression: `SET ${expression} ${REMOVE_OUTDATED}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ...values,
        ...timesOf(grant),
        ':tokenFingerprint': text(grant.tokenFingerprint),
        ':binary': text('B'),
      },
    });
    return updated !== undefined;
  }

  save(grant: Grant, encryptedToken: Uint8Array, overlapMs = 0): Promise<boolean> {
    const condition = `${IS_LATEST} AND ${IS_ALIVE}`;
    return this.#save(
      grant,
      grantedRow(grant, encryptedToken),
      condition,
      timesOf(grant, overlapMs),
    );
  }

  /** In two writes, because an update cannot write the later of two times. */
  async replace(grant: Grant, encryptedToken: Uint8Array, fingerprint: string): Promise<boolean> {
    const row = grantedRow(grant, encryptedToken);
    const isExpected = `tokenFingerprint IN (:expected, :tokenFingerprint) AND ${IS_ALIVE}`;
    const values = { ...timesOf(grant), ':expected': text(fingerprint) };
    if (await this.#save(grant, row, `${isExpected} AND ${IS_LATEST}`, values)) return true;
    const { lastOpenedAt: _lastOpenedAt, ...untimed } = row;
    const { ':settled': _settled, ...used } = values;
    return this.#save(grant, untimed, isExpected, used);
  }

  /**
   * An update that changes nothing and returns two attributes: it answers the question without any right
   * to read the table, where the tokens are.
   */
  async confirm(key: ConnectionKey, since: number): Promise<Confirmed | undefined> {
    const updated = await this.#update(key, {
      ConditionExpression: '#status = :connected AND lastOpenedAt >= :since',
      UpdateExpression:
        'SET grantedScopes = grantedScopes, firstConnectedAt = if_not_exists(firstConnectedAt, lastOpenedAt)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':connected': text('connected'), ':since': time(since) },
      ReturnValues: 'UPDATED_NEW',
    });
    return (
      updated && wellFormed(readRow(CONNECTIONS, updated, ['grantedScopes', 'firstConnectedAt']))
    );
  }

  /** An update like that of {@link confirm}. */
  async storedFingerprint(key: ConnectionKey): Promise<string | undefined> {
    const updated = await this.#update(key, {
      ConditionExpression: 'attribute_exists(tokenFingerprint)',
      UpdateExpression: 'SET tokenFingerprint = tokenFingerprint',
      ReturnValues: 'UPDATED_NEW',
    });
    return updated?.['tokenFingerprint']?.S;
  }

  async #save(key: ConnectionKey, row: Item, condition: string, more: Item): Promise<boolean> {
    const { expression, names, values } = assignmentsOf(row);
    const updated = await this.#update(key, {
      ConditionExpression: condition,
      UpdateExpression: `SET ${expression}, firstConnectedAt = if_not_exists(firstConnectedAt, :lastOpenedAt) ${REMOVE_OUTDATED}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ...more },
    });
    return updated !== undefined;
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

/** Everything that a grant with its token writes. */
function grantedRow(grant: Grant, encryptedToken: Uint8Array): Item {
  return {
    ...grantToItem(grant),
    tokenFingerprint: text(grant.tokenFingerprint),
    encryptedToken: { B: encryptedToken },
  };
}

/** What {@link IS_LATEST} and {@link IS_ALIVE} compare times with. */
function timesOf({ tokenRequestedAt }: Grant, overlapMs = 0) {
  return {
    ':lastOpenedAt': time(tokenRequestedAt),
    ':settled': time(tokenRequestedAt - overlapMs),
    ':implausible': time(tokenRequestedAt + IMPLAUSIBLE_MS),
    ':text': text('S'),
  };
}
