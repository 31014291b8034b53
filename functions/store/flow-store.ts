import { randomUUID } from 'node:crypto';
import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandOutput,
} from '@aws-sdk/client-dynamodb';
import {
  type ConsumedFlow,
  type Flow,
  type FlowId,
  RESULT_LIFETIME_MS,
} from '../activation/flow.ts';
import {
  type Consumption,
  callService,
  type FlowStore,
  type StoredFlow,
} from '../activation/ports.ts';
import { wellFormed } from '../pim/malformed.ts';
import type { PimUrlPolicy } from '../pim/pim-url.ts';
import { FLOWS, flowKey, flowToItem, readFlow } from '../tables/flows.ts';
import { type StoredRow, seconds, text, time } from '../tables/row.ts';
import { ifConditionHolds } from './conditional-write.ts';

const IS_PENDING = '#status = :pending';
const IS_THIS_BROWSERS = 'browserHash = :browserHash';
const IS_IN_TIME = 'expiresAt > :nowSeconds';
const CAN_BE_CONSUMED = `(${[IS_PENDING, IS_THIS_BROWSERS, IS_IN_TIME].join(' AND ')})`;

/**
 * Flows in DynamoDB.
 *
 * The SDK sends a write again when its answer is lost or late, although DynamoDB may have made it. So both
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
  async consume(id: FlowId, browserHash: string, now: number): Promise<Consumption> {
    const updated = await ifConditionHolds(this.#update(id, browserHash, now));
    if (updated?.Attributes) {
      const stored = this.#read(updated.Attributes);
      if (stored.status === 'consumed') return { kind: 'consumed', flow: stored.flow };
    }
    return this.#whyNot(await this.find(id), browserHash);
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

  #update(id: FlowId, browserHash: string, now: number): Promise<UpdateItemCommandOutput> {
    const command = new UpdateItemCommand({
      TableName: this.#table,
      Key: flowKey(id),
      ConditionExpression: `${CAN_BE_CONSUMED} OR consumedBy = :caller`,
      UpdateExpression:
        'SET #status = :consumed, consumedAt = :now, expiresAt = :keepUntil, consumedBy = :caller',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':pending': text('pending'),
        ':consumed': text('consumed'),
        ':browserHash': text(browserHash),
        ':caller': text(randomUUID()),
        ':now': time(now),
        ':nowSeconds': seconds(now),
        ':keepUntil': seconds(now + RESULT_LIFETIME_MS),
      },
      ReturnValues: 'ALL_NEW',
    });
    return this.#client.send(command);
  }

  /** Another browser learns nothing but that the flow is not its own. */
  #whyNot(stored: StoredFlow | undefined, browserHash: string): Consumption {
    if (!stored) return { kind: 'unknown' };
    if (stored.flow.browserHash !== browserHash) return { kind: 'other-browser' };
    return stored.status === 'consumed'
      ? used(stored.flow)
      : { kind: 'expired', flow: stored.flow };
  }
}

function used(flow: ConsumedFlow): Consumption {
  return { kind: 'used', flow };
}
