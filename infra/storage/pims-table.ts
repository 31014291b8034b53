import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PIMS } from '../../functions/tables/pims.ts';
import type { Durability } from '../durability.ts';

/**
 * The allow-list: which PIMs the App serves, with which client id and scopes. Operators write it, so it
 * is kept and can be restored to any second of the last 35 days.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.html Point-in-time recovery}
 */
export class PimsTable extends Construct {
  /** Keyed by the PIM's address, or by a suffix. */
  public readonly table: TableV2;

  constructor(scope: Construct, id: string, durability: Durability) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: PIMS.partitionKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      ...durability,
    });
  }

  /** Lets a function look a PIM up: its own row and the suffix rows that may cover it, in one read. */
  grantLookUp(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:BatchGetItem'],
      resourceArns: [this.table.tableArn],
    });
  }
}
