import { Annotations } from 'aws-cdk-lib';
import { Grant, type IGrantable, ManagedPolicy, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type IFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { LOGIN_URL, READER_ENVIRONMENT } from '../functions/environment.ts';
import { type Problem, refuseProblems } from './configuration/problems.ts';
import {
  type ConnectionsAttributes,
  markStatement,
  type ReadOptions,
  readStatements,
} from './storage/connections-access.ts';
import { redeemStatement } from './storage/logins-table.ts';

/** A back end: a function, whose environment is set as well, or anything else that can be granted rights. */
export type BackEnd = IGrantable | IFunction;

/**
 * The connections of an activation, for its back ends. In the stack of the activation it is `activation.backEnds`;
 * elsewhere it is made from the ARNs of the table and the key.
 *
 * @example
 * ```ts
 * const connections = ConnectionsForBackEnds.fromAttributes(this, 'Connections', {
 *   connectionsTableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/AkeneoAppActivation-Connections',
 *   tokenKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0f8b…',
 * });
 * connections.grantRead(worker);
 * ```
 */
export class ConnectionsForBackEnds extends Construct {
  readonly #connections: ConnectionsAttributes;
  readonly #tableName: string;
  readonly #loginsTableName: string | undefined;

  /**
   * @param tableName what the back ends read in their environment. By default it is the ARN, which DynamoDB takes as a
   * name: a mere name would be looked for in the back end's own account.
   * @param loginsTableName the same of the table of logins.
   */
  constructor(
    scope: Construct,
    id: string,
    connections: ConnectionsAttributes,
    tableName = connections.connectionsTableArn,
    loginsTableName = connections.loginsTableArn,
  ) {
    super(scope, id);
    this.#connections = connections;
    this.#tableName = tableName;
    this.#loginsTableName = loginsTableName;
  }

  /** Refers to connections of an activation in another stack or account. */
  static fromAttributes(
    scope: Construct,
    id: string,
    attributes: ConnectionsAttributes,
  ): ConnectionsForBackEnds {
    return new ConnectionsForBackEnds(scope, id, attributes);
  }

  /**
   * Lets a back end read connections with their tokens: `GetItem`, `kms:Decrypt` bound to the encryption
   * context of a connection, and `Query` on the index without tokens if it lists. A function gets the
   * environment that `akeneo-app-activation/reader` reads. Where CDK can do neither, a warning says so.
   */
  grantRead(backEnd: BackEnd, options: ReadOptions = {}): Grant {
    setEnvironment(backEnd, {
      [READER_ENVIRONMENT.table]: this.#tableName,
      [READER_ENVIRONMENT.tokenKeyId]: this.#connections.tokenKeyArn,
      ...(options.clientId !== undefined && { [READER_ENVIRONMENT.clientId]: options.clientId }),
    });
    return this.#grant(backEnd, readStatements(this.#connections, options));
  }

  /**
   * Lets a back end that meets a disconnected App say so in the table, bound to the attributes of that mark.
   * A right of its own, because reading alone should not be able to write.
   */
  grantMarkDisconnected(backEnd: BackEnd): Grant {
    setEnvironment(backEnd, { [READER_ENVIRONMENT.mayMark]: 'true' });
    return this.#grant(backEnd, [markStatement(this.#connections)]);
  }

  /**
   * Lets a back end learn who has opened the App: to redeem a code that the browser brought, and nothing else. A function
   * is told where to ask, too.
   *
   * @throws {RefusedConfiguration} when the activation tells nobody, because `identity` is not switched on.
   */
  grantRedeemLogin(backEnd: BackEnd): Grant {
    const { loginsTableArn = '', loginUrl } = this.#connections;
    refuseProblems(loginsTableArn === '' ? [NO_LOGINS] : []);
    setEnvironment(backEnd, {
      // The reader opens nothing without it; the name gives no right.
      [READER_ENVIRONMENT.table]: this.#tableName,
      [READER_ENVIRONMENT.loginsTable]: this.#loginsTableName ?? loginsTableArn,
      ...(loginUrl !== undefined && { [LOGIN_URL]: loginUrl }),
    });
    return this.#grant(backEnd, [redeemStatement(loginsTableArn)]);
  }

  /** A policy with the rights of {@link grantRead}, listing included, for roles that CDK does not make. */
  readPolicy(scope: Construct, id: string): ManagedPolicy {
    return new ManagedPolicy(scope, id, {
      description: 'Read the connections of an Akeneo App, with their access tokens',
      statements: readStatements(this.#connections, { list: true }),
    });
  }

  #grant(grantee: BackEnd, statements: readonly PolicyStatement[]): Grant {
    const grant = statements
      .map(({ actions, resources, conditions }) =>
        Grant.addToPrincipal({ grantee, actions, resourceArns: resources, conditions }),
      )
      .reduce((all, one) => all.combine(one));
    if (!grant.success) this.#warnOfNothing(statements.flatMap(({ actions }) => actions));
    return grant;
  }

  #warnOfNothing(actions: readonly string[]): void {
    Annotations.of(this).addWarningV2(
      'akeneo-app-activation:nothing-granted',
      `${actions.join(', ')} could not be granted, because the policies of the back end are not CDK’s to change. Give its role these rights where it is made.`,
    );
  }
}

const NO_LOGINS: Problem = {
  what: 'Logins cannot be redeemed: this activation has no table of them.',
  fix: 'Switch them on by identity: true. From another stack, pass its loginsTableArn.',
};

/**
 * Sets the variables that the reader reads, on a function that CDK makes. An alias, a version or an imported function
 * takes none here, so a warning names them; whatever is no function has its environment elsewhere.
 */
function setEnvironment(backEnd: BackEnd, variables: Readonly<Record<string, string>>): void {
  if (backEnd instanceof LambdaFunction)
    for (const [name, value] of Object.entries(variables)) backEnd.addEnvironment(name, value);
  else if (isFunction(backEnd)) warnOfMissing(backEnd, Object.keys(variables));
}

function isFunction(backEnd: BackEnd): backEnd is IFunction {
  return 'functionArn' in backEnd;
}

function warnOfMissing(backEnd: IFunction, names: readonly string[]): void {
  Annotations.of(backEnd).addWarningV2(
    'akeneo-app-activation:environment-not-set',
    `The environment of this function cannot be set here. Set ${names.join(', ')} where it is made.`,
  );
}
