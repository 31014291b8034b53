import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LOGIN_KEYS, LOGINS } from '../../functions/tables/logins.ts';

/**
 * The logins that are under way, each for two minutes at most. Rows are named by hashes and sealed by keys that are in no
 * table, so it names nobody. Nothing here is worth keeping: without it users open the App once more.
 */
export class LoginsTable extends Construct {
  /** Keyed by what a row waits for, a browser or its code. */
  public readonly table: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: LOGINS.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: LOGINS.timeToLive,
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Lets a function keep a login for the browser that opened the App. It can read none, nor make a code. */
  grantWait(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'dynamodb:PutItem', LOGIN_KEYS.waiting);
  }

  /** Lets a function take a login that waits for a browser, and put it under a code. It cannot redeem the code. */
  grantHandOver(grantee: IGrantable): Grant {
    return this.#grant(grantee, 'dynamodb:DeleteItem', LOGIN_KEYS.waiting).combine(
      this.#grant(grantee, 'dynamodb:PutItem', LOGIN_KEYS.code),
    );
  }

  /** Lets other accounts redeem codes, as far as they let a role of theirs do so. */
  grantCrossAccountRedeem(accounts: readonly string[]): void {
    for (const account of accounts) {
      const { actions, conditions } = REDEEM;
      const principals = [new AccountPrincipal(account)];
      const here = { principals, resources: ['*'], actions: [...actions], conditions };
      this.table.addToResourcePolicy(new PolicyStatement(here));
    }
  }

  #grant(grantee: IGrantable, action: string, keys: string): Grant {
    const resourceArns = [this.table.tableArn];
    return Grant.addToPrincipal({
      grantee,
      actions: [action],
      resourceArns,
      conditions: keyed(keys),
    });
  }
}

/**
 * Holds for a request about rows whose keys are like that, and no others. `ForAllValues` by itself would also hold for a
 * request without a key, hence `Null`.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html Conditions on keys}
 */
function keyed(keys: string) {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}

const REDEEM = { actions: ['dynamodb:DeleteItem'], conditions: keyed(LOGIN_KEYS.code) };

/** The right to redeem codes: to take a row whose code one has. */
export function redeemStatement(loginsTableArn: string): PolicyStatement {
  return new PolicyStatement({
    actions: [...REDEEM.actions],
    conditions: REDEEM.conditions,
    resources: [loginsTableArn],
  });
}
