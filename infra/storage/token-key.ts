import { type RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CONNECTION_KEY } from '../../functions/tables/connections.ts';
import { keyAlias } from '../fixed-names.ts';

/**
 * Holds for requests whose encryption context has these keys, all of them and no others.
 *
 * `ForAllValues` alone would also hold for a request without any context, hence `Null`.
 *
 * @see {@link https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context-keys Condition on the encryption context}
 */
export function boundTo(keys: readonly string[]) {
  return {
    'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': [...keys] },
    Null: Object.fromEntries(keys.map((key) => [`kms:EncryptionContext:${key}`, 'false'])),
  };
}

/** Holds for requests whose encryption context names a PIM and a client id and nothing else. */
export const BOUND_TO_A_CONNECTION = boundTo(CONNECTION_KEY);

/**
 * The key that access tokens are encrypted with before they are saved.
 *
 * It rotates every year; old ciphertexts still decrypt. It stays when the stack is deleted, like the table of
 * connections, whose tokens are lost without it. Its policy is the default one, which leaves the decision to the roles'
 * policies. These may decrypt, each token only under the encryption context of its connection:
 *
 * - the health check, by {@link TokenKey.grantDecrypt}; no other function of the stack;
 * - back ends, by `grantRead` (`connections-access.ts`), and the accounts in `backEndAccounts`;
 * - operators whose own rights allow it, for `connections check` and `connections notify-scopes`.
 *
 * @see {@link https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html Default key policy}
 */
export class TokenKey extends Construct {
  /** Has the alias `<stack>/tokens`. */
  public readonly key: Key;

  constructor(scope: Construct, id: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    const { stackName } = Stack.of(this);
    this.key = new Key(this, 'Key', {
      alias: keyAlias(stackName, 'tokens'),
      description: `Encrypts the access tokens in the connections of ${stackName}`,
      enableKeyRotation: true,
      removalPolicy,
    });
  }

  /**
   * Lets a function encrypt a token for a connection, and nothing else: a ciphertext that is not bound
   * to a PIM and a client id cannot be made.
   */
  grantEncrypt(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['kms:Encrypt'],
      resourceArns: [this.key.keyArn],
      conditions: BOUND_TO_A_CONNECTION,
    });
  }

  /** Lets a function decrypt tokens, each under a context that names its PIM and client id and nothing else. */
  grantDecrypt(grantee: IGrantable): Grant {
    return Grant.addToPrincipal({
      grantee,
      actions: ['kms:Decrypt'],
      resourceArns: [this.key.keyArn],
      conditions: BOUND_TO_A_CONNECTION,
    });
  }
}
