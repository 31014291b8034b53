import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { MARK_ATTRIBUTES, STATUS_INDEX } from '../../functions/tables/connections.ts';
import { naming } from './connections-table.ts';
import { BOUND_TO_A_CONNECTION } from './token-key.ts';

/** Where the connections are. */
export interface ConnectionsAttributes {
  readonly connectionsTableArn: string;
  readonly tokenKeyArn: string;
  /** Only for `grantRedeemLogin`. */
  readonly loginsTableArn?: string;
  /** The output `LoginUrl`, to be told to functions by `grantRedeemLogin`. @default - they are not told */
  readonly loginUrl?: string;
}

/** What a back end does with connections beyond reading one whose PIM and client id it knows. */
export interface ReadOptions {
  /**
   * List connections, by an index that holds no tokens, and find the ones of a PIM without knowing
   * the client id.
   *
   * @default - false
   */
  readonly list?: boolean;
  /**
   * The App's client id, if it has one for all PIMs; the right to decrypt is then bound to it.
   *
   * @default - any client id
   */
  readonly clientId?: string;
}

/** The rights to read connections: exactly the calls that the reader makes. */
export function readStatements(
  connections: ConnectionsAttributes,
  { list = false, clientId }: ReadOptions = {},
): PolicyStatement[] {
  const listing = list ? [query(connections)] : [];
  return [get(connections), ...listing, decrypt(connections, clientId)];
}

function get({ connectionsTableArn }: ConnectionsAttributes): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [connectionsTableArn] });
}

function query({ connectionsTableArn }: ConnectionsAttributes): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:Query'],
    resources: [connectionsTableArn, `${connectionsTableArn}/index/${STATUS_INDEX.name}`],
  });
}

function decrypt({ tokenKeyArn }: ConnectionsAttributes, clientId?: string): PolicyStatement {
  const ofClient = clientId && { StringEquals: { 'kms:EncryptionContext:clientId': clientId } };
  return new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [tokenKeyArn],
    conditions: { ...BOUND_TO_A_CONNECTION, ...ofClient },
  });
}

/** The right to mark a connection as disconnected, and to change nothing else of it. */
export function markStatement({ connectionsTableArn }: ConnectionsAttributes): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:UpdateItem'],
    resources: [connectionsTableArn],
    conditions: {
      ...naming(MARK_ATTRIBUTES),
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    },
  });
}

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
    const reading = { ...here, actions: ['dynamodb:GetItem', 'dynamodb:Query'] };
    const decrypting = { ...here, actions: ['kms:Decrypt'], conditions: BOUND_TO_A_CONNECTION };
    table.addToResourcePolicy(new PolicyStatement(reading));
    key.addToResourcePolicy(new PolicyStatement(decrypting));
  }
}
