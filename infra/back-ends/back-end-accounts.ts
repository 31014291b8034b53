import { Token } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { type Problem, problemIf } from '../configuration/problems.ts';
import { BOUND_TO_A_CONNECTION } from '../storage/token-key.ts';

/** What a back end in another account reads. */
export interface ReadableConnections {
  readonly table: Pick<TableV2, 'addToResourcePolicy'>;
  readonly key: Pick<Key, 'addToResourcePolicy'>;
}

/**
 * Lets other accounts read connections with their tokens, as far as they let a role of theirs do so: between accounts
 * both sides have to agree. Nobody there may write, so marking a disconnection is not among it.
 *
 * In both policies `*` is the table with its index, or the key, that the policy belongs to; a table that CloudFormation
 * names cannot name itself.
 *
 * @see {@link https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-auth-iam-id-based-policies-DDB.html Tables and other accounts}
 * @see {@link https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html Keys and other accounts}
 */
export function grantCrossAccountRead(
  accounts: readonly string[],
  { table, key }: ReadableConnections,
): void {
  for (const account of accounts) {
    const here = { principals: [new AccountPrincipal(account)], resources: ['*'] };
    const read = { ...here, actions: ['dynamodb:GetItem', 'dynamodb:Query'] };
    const decrypt = { ...here, actions: ['kms:Decrypt'], conditions: BOUND_TO_A_CONNECTION };
    table.addToResourcePolicy(new PolicyStatement(read));
    key.addToResourcePolicy(new PolicyStatement(decrypt));
  }
}

const FIX =
  'Write a list with the twelve digits of each account; on the command line, separated by commas.';

/** Everything about the accounts that cannot be deployed; also called with unchecked values. */
export function backEndAccountProblems(accounts: unknown = []): readonly Problem[] {
  if (!Array.isArray(accounts))
    return [
      { what: `backEndAccounts is ${JSON.stringify(accounts)}, which is no list.`, fix: FIX },
    ];
  return accounts.flatMap((account: unknown) =>
    problemIf(
      !isAccount(account),
      `backEndAccounts has ${JSON.stringify(account)}, which is no AWS account.`,
      FIX,
    ),
  );
}

function isAccount(value: unknown): boolean {
  return typeof value === 'string' && (Token.isUnresolved(value) || /^\d{12}$/.test(value));
}
