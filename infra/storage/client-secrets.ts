import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CLIENT_KEY, CLIENTS } from '../../functions/tables/clients.ts';
import type { Durability } from '../durability.ts';
import { keyAlias } from '../fixed-names.ts';
import { boundTo } from './token-key.ts';

/**
 * The client secrets of the App: a table of ciphertexts, and a key of their own.
 *
 * The operator's command line writes them: a PIM hands out a client secret only once the URLs of this stack are
 * registered, and a secret in a template would be no secret. The key is not that of the tokens, so that callback, which
 * has to decrypt client secrets, can be refused the tokens by resource and not by condition.
 */
export class ClientSecrets extends Construct {
  /** Keyed by client id. */
  public readonly table: TableV2;
  /** Has the alias `<stack>/client-secrets`, and rotates every year. */
  public readonly key: Key;

  constructor(scope: Construct, id: string, durability: Durability, keyRemoval: RemovalPolicy) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.table = new TableV2(this, 'Table', {
      partitionKey: { name: CLIENTS.partitionKey, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      ...durability,
    });
    this.key = new Key(this, 'Key', {
      alias: keyAlias(stackName, 'client-secrets'),
      description: `Encrypts the client secrets of ${stackName}`,
      enableKeyRotation: true,
      removalPolicy: keyRemoval,
    });
  }

  /** Lets a function read the secret of a client id: the row, and its ciphertext bound to that id and nothing else. */
  grantRead(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['dynamodb:GetItem'],
      resourceArns: [this.table.tableArn],
    }).combine(
      Grant.addToPrincipal({
        grantee,
        actions: ['kms:Decrypt'],
        resourceArns: [this.key.keyArn],
        conditions: boundTo(CLIENT_KEY),
      }),
    );
  }
}
