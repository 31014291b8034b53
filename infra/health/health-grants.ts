import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { RECORDED_ATTRIBUTES } from '../../functions/health/dynamodb-finding-recorder.ts';
import { BOUND_TO_A_CONNECTION } from '../storage/token-key.ts';

/**
 * Lets a function read every connection, ciphertexts included, and record what a visit has found: an update that
 * touches nothing but its attributes and returns nothing. So it can neither replace a token nor delete a connection.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html Conditions on attributes and return values}
 */
export function grantHealthCheck(table: Pick<ITable, 'tableArn'>, grantee: IGrantable): Grant {
  const resourceArns = [table.tableArn];
  const scan = Grant.addToPrincipal({ grantee, actions: ['dynamodb:Scan'], resourceArns });
  const update = Grant.addToPrincipal({
    grantee,
    actions: ['dynamodb:UpdateItem'],
    resourceArns,
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...RECORDED_ATTRIBUTES] },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    },
  });
  return scan.combine(update);
}

/** Lets a function decrypt tokens, each under a context that names its PIM and client id and nothing else. */
export function grantDecrypt(key: Pick<IKey, 'keyArn'>, grantee: IGrantable): Grant {
  return Grant.addToPrincipal({
    grantee,
    actions: ['kms:Decrypt'],
    resourceArns: [key.keyArn],
    conditions: BOUND_TO_A_CONNECTION,
  });
}
