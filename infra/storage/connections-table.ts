import {
  AttributeType,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  CONFIRM_ATTRIBUTES,
  CONNECTIONS,
  type ConnectionAttribute,
  FINGERPRINT_ATTRIBUTES,
  STATUS_INDEX,
} from '../../functions/tables/connections.ts';
import type { Durability } from '../durability.ts';

/**
 * Which PIM is connected, since when, with which scopes, and its encrypted token.
 *
 * The table is encrypted by DynamoDB's own key. A customer-managed one would require every caller to
 * hold `kms:Decrypt`, the callback among them, and would add nothing: what is secret in a row is
 * encrypted before it arrives, by the {@link TokenKey}, whose `kms:Decrypt` the callback lacks.
 *
 * The stream carries old and new images, because a change (connected, opened again, other scopes,
 * disconnected) is only known by comparing the two, and because events made from the stream are not
 * lost when a function ends between two writes. The events function always reads it; DynamoDB does not charge for reads
 * by Lambda.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html Encryption at rest}
 */
export class ConnectionsTable extends Construct {
  /** Keyed by PIM and client id. */
  public readonly table: TableV2;

  constructor(scope: Construct, id: string, durability: Durability) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: CONNECTIONS.partitionKey, type: AttributeType.STRING },
      sortKey: { name: CONNECTIONS.sortKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      globalSecondaryIndexes: [listIndex()],
      ...durability,
    });
  }

  /**
   * Lets a function save connections: an update returns nothing, or, if it names no attribute but those of a
   * confirmation, or none but the fingerprint of the token, what it has updated. Reading is not granted at all.
   *
   * That keeps ciphertexts out of the function's own calls, not from somebody who controls the function: one update may
   * copy `encryptedToken` into `grantedScopes`, because saving writes both, and the next one return it as a
   * confirmation; and what a failed condition returns has no condition key at all. So what keeps tokens from the
   * function is that it cannot decrypt; see {@link TokenKey}.
   *
   * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html Conditions on attributes and return values}
   */
  grantRecord(grantee: IGrantable): Grant {
    return this.#grantUpdate(grantee, {
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    })
      .combine(this.#grantUpdate(grantee, returning(CONFIRM_ATTRIBUTES)))
      .combine(this.#grantUpdate(grantee, returning(FINGERPRINT_ATTRIBUTES)));
  }

  #grantUpdate(grantee: IGrantable, conditions: Record<string, Record<string, unknown>>): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:UpdateItem'],
      resourceArns: [this.table.tableArn],
      conditions,
    });
  }
}

/** An update that names these attributes alone and returns what it has updated of them. */
function returning(attributes: readonly ConnectionAttribute[]) {
  return { StringEquals: { 'dynamodb:ReturnValues': 'UPDATED_NEW' }, ...naming(attributes) };
}

/**
 * A request that names these attributes alone. `ForAllValues` by itself would also hold for a request that names none,
 * hence `Null`.
 */
export function naming(attributes: readonly ConnectionAttribute[]) {
  return {
    'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...attributes] },
    Null: { 'dynamodb:Attributes': 'false' },
  };
}

function listIndex(): GlobalSecondaryIndexPropsV2 {
  return {
    indexName: STATUS_INDEX.name,
    partitionKey: { name: STATUS_INDEX.partitionKey, type: AttributeType.STRING },
    sortKey: { name: STATUS_INDEX.sortKey, type: AttributeType.STRING },
    projectionType: ProjectionType.INCLUDE,
    nonKeyAttributes: [...STATUS_INDEX.attributes],
  };
}
