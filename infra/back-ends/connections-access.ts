import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { MARK_ATTRIBUTES, STATUS_INDEX } from '../../functions/tables/connections.ts';
import { BOUND_TO_A_CONNECTION } from '../storage/token-key.ts';

/** Where the connections are, as a back end needs to know it. */
export interface ConnectionsReference {
  readonly connectionsTableName: string;
  readonly connectionsTableArn: string;
  readonly tokenKeyArn: string;
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
  connections: ConnectionsReference,
  { list = false, clientId }: ReadOptions = {},
): PolicyStatement[] {
  const listing = list ? [query(connections)] : [];
  return [get(connections), ...listing, decrypt(connections, clientId)];
}

function get({ connectionsTableArn }: ConnectionsReference): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [connectionsTableArn] });
}

function query({ connectionsTableArn }: ConnectionsReference): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:Query'],
    resources: [connectionsTableArn, `${connectionsTableArn}/index/${STATUS_INDEX.name}`],
  });
}

function decrypt({ tokenKeyArn }: ConnectionsReference, clientId?: string): PolicyStatement {
  const ofClient = clientId && { StringEquals: { 'kms:EncryptionContext:clientId': clientId } };
  return new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [tokenKeyArn],
    conditions: { ...BOUND_TO_A_CONNECTION, ...ofClient },
  });
}

/** The right to mark a connection as disconnected, and to change nothing else of it. */
export function markStatement({ connectionsTableArn }: ConnectionsReference): PolicyStatement {
  return new PolicyStatement({
    actions: ['dynamodb:UpdateItem'],
    resources: [connectionsTableArn],
    conditions: {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': [...MARK_ATTRIBUTES] },
      StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
    },
  });
}
