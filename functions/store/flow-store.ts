import { randomUUID } from 'node:crypto';
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { type Flow, type FlowId, RESULT_LIFETIME_MS } from '../activation/flow.ts';
import {
  type Consumption,
  callService,
  type FlowCaller,
  type FlowStore,
  type StoredFlow,
} from '../activation/ports.ts';
import { wellFormed } from '../pim/malformed.ts';
import type { PimUrlPolicy } from '../pim/pim-url.ts';
import { FLOWS, flowKey, flowToItem, readFlow } from '../tables/flows.ts';
import { type StoredRow, seconds, text, time } from '../tables/row.ts';
import { ifConditionHolds } from './conditional-write.ts';

const IS_PENDING_AND_IN_TIME = '#status = :pending AND expiresAt > :nowSeconds';
/** Equal or both absent. "Equal or absent" would let a code of one PIM into a flow of another. */
const IS_AT_ITS_URL = 'callbackId = :callbackId';
const IS_AT_THE_PLAIN_URL = 'attribute_not_exists(callbackId)';

/**
 * Flows in DynamoDB.
 *
 * The SDK sends a write again when its answer is lost or late, although DynamoDB may have made it. So the
 * conditional writes also accept what they have written themselves: a write that succeeded is never taken
 * for a refusal.
 */
export class DynamoDbFlowStore implements FlowStore {
  readonly #client: DynamoDBClient;
  readonly #table: string;
  readonly #policy: PimUrlPolicy;

  constructor(client: DynamoDBClient, table: string, policy: PimUrlPolicy) {
    this.#client = client;
    this.#table = table;
    this.#policy = policy;
  }

  /**
   * A flow that is there already is this one: its key is the hash of 256 bits that were drawn for it. The condition
   * keeps a late second writing from making a consumed flow pending again.
   */
  async put(flow: Flow): Promise<void> {
    const command = new PutItemCommand({
      TableName: this.#table,
      Item: flowToItem(flow),
      ConditionExpression: `attribute_not_exists(${FLOWS.partitionKey})`,
    });
    await ifConditionHolds(this.#client.send(command));
  }

  /**
   * One conditional update decides; only a refusal costs a read, to say why. The flow may change
   * between the two, but never back to pending, so the reason is true when it is given. Each call has a name
   * of its own, by which it knows its own success again.
   */
  async consume(id: FlowId, caller: FlowCaller, now: number): Promise<Consumption> {
    const updated = await ifConditionHolds(this.#update(id, caller, now));
    if (updated?.Attributes) {
      const stored = this.#read(updated.Attributes);
      if (stored.status === 'consumed') return { kind: 'consumed', flow: stored.flow };
    }
    return whyNot(await this.find(id), caller);
  }

  async show(id: FlowId): Promise<boolean> {
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: flowKey(id),
      ConditionExpression: `attribute_exists(${FLOWS.partitionKey}) AND (attribute_not_exists(shownBy) OR shownBy = :caller)`,
      UpdateExpression: 'SET shownBy = :caller',
      ExpressionAttributeValues: { ':caller': text(randomUUID()) },
    });
    return (await ifConditionHolds(this.#client.send(command))) !== undefined;
  }

  async find(id: FlowId): Promise<StoredFlow | undefined> {
    const command = new GetItemCommand({
      TableName: this.#table,
      Key: flowKey(id),
      ConsistentRead: true,
    });
    const { Item } = await callService('dynamodb', this.#client.send(command));
    return Item && this.#read(Item);
  }

  #read(row: StoredRow): StoredFlow {
    return wellFormed(readFlow(row, this.#policy));
  }

  #update(id: FlowId, caller: FlowCaller, now: number): Promise<UpdateItemCommandOutput> {
    const isCallers = conditionOf(caller);
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: flowKey(id),
      ConditionExpression: `(${IS_PENDING_AND_IN_TIME} AND ${isCallers.expression}) OR consumedBy = :caller`,
      UpdateExpression:
        'SET #status = :consumed, consumedAt = :now, expiresAt = :keepUntil, consumedBy = :caller',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ...isCallers.values,
        ':pending': text('pending'),
        ':consumed': text('consumed'),
        ':caller': text(randomUUID()),
        ':now': time(now),
        ':nowSeconds': seconds(now),
        ':keepUntil': seconds(now + RESULT_LIFETIME_MS),
      },
      ReturnValues: 'ALL_NEW',
    });
    return this.#client.send(command);
  }
}

/** Holds for a flow of one of these browser keys and of exactly this callback URL. */
function conditionOf({ browserHashes, callbackId }: FlowCaller) {
  const browsers = browserHashes.map((hash, index) => [`:browser${index}`, text(hash)] as const);
  const isBrowsers = `browserHash IN (${browsers.map(([name]) => name).join(', ')})`;
  const isUrls = callbackId === undefined ? IS_AT_THE_PLAIN_URL : IS_AT_ITS_URL;
  return {
    expression: `${isBrowsers} AND ${isUrls}`,
    values: {
      ...Object.fromEntries(browsers),
      ...(callbackId !== undefined && { ':callbackId': text(callbackId) }),
    },
  };
}

/** Another browser learns nothing but that the flow is not its own. */
function whyNot(stored: StoredFlow | undefined, caller: FlowCaller): Consumption {
  if (!stored) return { kind: 'unknown' };
  const { status, flow } = stored;
  if (!caller.browserHashes.includes(flow.browserHash)) return { kind: 'other-browser' };
  if (flow.callbackId !== caller.callbackId) return { kind: 'other-callback-url' };
  return status === 'consumed' ? { kind: 'used', flow } : { kind: 'expired', flow };
}
