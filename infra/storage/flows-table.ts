import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { FLOWS } from '../../functions/tables/flows.ts';

/**
 * The flows that are under way, each for half an hour, and the finished ones, each for a day, so that their page can
 * be shown again. It holds hashes of `state` and of the browser's cookie, never either of them.
 *
 * Nothing here is worth keeping: without it users open the App once more. So it has no backups, and it
 * goes with the stack. DynamoDB's own key encrypts it, as it does the other tables; see
 * {@link ConnectionsTable} for why it is no customer-managed key.
 */
export class FlowsTable extends Construct {
  /** Keyed by the hash of the flow's `state`. */
  public readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: FLOWS.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: FLOWS.timeToLive,
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Lets a function save new flows. */
  grantStart(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'dynamodb:PutItem');
  }

  /**
   * Lets a function consume a flow (`UpdateItem`), say why one was refused and show a finished one
   * (`GetItem`), and start one again when the code came too late (`PutItem`).
   */
  grantConsume(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'dynamodb:UpdateItem', 'dynamodb:GetItem', 'dynamodb:PutItem');
  }

  #grant(grantee: IGrantable, ...actions: string[]): Grant {
    return Grant.addToPrincipal({ grantee, actions, resourceArns: [this.table.tableArn] });
  }
}
