import { Annotations } from 'aws-cdk-lib';
import { Grant, ManagedPolicy, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { READER_ENVIRONMENT } from '../../functions/environment.ts';
import { type BackEnd, setEnvironment } from './back-end-environment.ts';
import {
  type ConnectionsReference,
  markStatement,
  type ReadOptions,
  readStatements,
} from './connections-access.ts';

/**
 * The connections of an activation, as back ends get at them. In the stack of the activation it is
 * `activation.backEnds`; elsewhere it is imported by the values of the stack's outputs.
 *
 * @example
 * ```ts
 * const connections = ConnectionsForBackEnds.import(this, 'Connections', {
 *   connectionsTableName: 'AkeneoAppActivation-Connections',
 *   connectionsTableArn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/AkeneoAppActivation-Connections',
 *   tokenKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0f8b…',
 * });
 * connections.grantRead(worker);
 * ```
 */
export class ConnectionsForBackEnds extends Construct {
  readonly #connections: ConnectionsReference;

  constructor(scope: Construct, id: string, connections: ConnectionsReference) {
    super(scope, id);
    this.#connections = connections;
  }

  /** Refers to connections of an activation in another stack. */
  static import(
    scope: Construct,
    id: string,
    connections: ConnectionsReference,
  ): ConnectionsForBackEnds {
    return new ConnectionsForBackEnds(scope, id, connections);
  }

  /**
   * Lets a back end read connections with their tokens: `GetItem`, `kms:Decrypt` bound to the encryption
   * context of a connection, and `Query` on the index without tokens if it lists. A function gets the
   * environment that `akeneo-app-activation/reader` reads. Where CDK can do neither, a warning says so.
   */
  grantRead(backEnd: BackEnd, options: ReadOptions = {}): Grant {
    setEnvironment(backEnd, {
      [READER_ENVIRONMENT.table]: this.#connections.connectionsTableName,
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
