import { CfnOutput } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ActivationApi } from './api/activation-api.ts';
import type { ConnectionsForBackEnds } from './back-ends/connections-for-back-ends.ts';
import type { Stage } from './configuration/props.ts';
import type { ActivationStorage } from './storage/activation-storage.ts';

/** The parts of an activation that somebody outside the stack has to find. */
export interface ActivationParts extends ActivationStorage {
  readonly stage: Stage;
  readonly api: ActivationApi;
  readonly backEnds: ConnectionsForBackEnds;
  readonly events: { readonly undelivered: IQueue };
}

/**
 * What the stack tells whoever deploys it, and where the operator's command line finds everything. The
 * names are part of the contract with that command line, so they do not depend on where in a stack
 * the construct stands; for the same reason there is one activation in a stack.
 */
export class Outputs extends Construct {
  constructor(scope: Construct, id: string, activation: ActivationParts) {
    super(scope, id);
    const { api, stage } = activation;
    this.#addUrls(api);
    this.#addTables(activation);
    this.#addSecrets(activation);
    this.#addReaders(activation);
    this.#add('Stage', stage, 'What the deployment is for: production or development');
    if (api.customDomain)
      this.#add('CustomDomainTarget', api.customDomain.target, 'What the domain has to point at');
  }

  #addUrls({ activateUrl, callbackUrl }: ActivationApi): void {
    this.#add('ActivateUrl', activateUrl, 'Register it in the PIM as the activation URL');
    this.#add('CallbackUrl', callbackUrl, 'Register it in the PIM as the callback URL');
  }

  #addTables({ pims, flows, connections }: ActivationParts): void {
    this.#add('PimsTable', pims.table.tableName, 'The PIMs that may connect; `pims add` writes it');
    this.#add('FlowsTable', flows.table.tableName, 'The flows that are under way');
    this.#add(
      'ConnectionsTable',
      connections.table.tableName,
      'The connected PIMs with their encrypted tokens; back ends read it',
    );
  }

  #addSecrets({ clientSecrets, tokenKey }: ActivationParts): void {
    this.#add(
      'ClientSecretsPrefix',
      clientSecrets.prefix,
      'The client secrets are in Secrets Manager under this name, followed by the client id',
    );
    this.#add(
      'TokenKeyArn',
      tokenKey.key.keyArn,
      'The KMS key of the tokens; a back end needs kms:Decrypt for it',
    );
  }

  /** For those who read connections, or are told of them. */
  #addReaders({ backEnds, events }: ActivationParts): void {
    this.#add(
      'ReadConnectionsPolicyArn',
      backEnds.readPolicy(this, 'ReadConnections').managedPolicyArn,
      'Attach it to the role of a back end that CDK does not make',
    );
    this.#add(
      'UndeliveredEventsQueue',
      events.undelivered.queueUrl,
      'The URL of the queue that names changes which were given up as events',
    );
  }

  #add(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description }).overrideLogicalId(name);
  }
}
