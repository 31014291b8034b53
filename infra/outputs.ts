import { CfnOutput } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { STACK_OUTPUTS, type StackOutput } from '../functions/stack-outputs.ts';
import type { ActivationApi } from './activation-api.ts';
import type { Stage } from './configuration/settings.ts';
import type { ConnectionsForBackEnds } from './connections-for-back-ends.ts';
import type { ActivationStorage } from './storage/activation-storage.ts';

/** The parts of an activation that somebody outside the stack has to find. */
export interface ActivationParts extends ActivationStorage {
  readonly stage: Stage;
  readonly api: ActivationApi;
  readonly backEnds: ConnectionsForBackEnds;
  readonly events: { readonly undelivered: IQueue };
}

/** What the stack tells whoever deploys it. Its outputs have names of their own, hence one activation in a stack. */
export class Outputs extends Construct {
  constructor(scope: Construct, id: string, activation: ActivationParts) {
    super(scope, id);
    const readPolicy = activation.backEnds.readPolicy(this, 'ReadConnections');
    const values: Readonly<Record<StackOutput, string | undefined>> = {
      ActivateUrl: activation.api.activateUrl,
      CallbackUrl: activation.api.callbackUrl,
      PimsTable: activation.pims.table.tableName,
      FlowsTable: activation.flows.table.tableName,
      ConnectionsTable: activation.connections.table.tableName,
      ClientsTable: activation.clientSecrets.table.tableName,
      ClientSecretKeyArn: activation.clientSecrets.key.keyArn,
      TokenKeyArn: activation.tokenKey.key.keyArn,
      ReadConnectionsPolicyArn: readPolicy.managedPolicyArn,
      UndeliveredEventsQueue: activation.events.undelivered.queueUrl,
      Stage: activation.stage,
      CustomDomainTarget: activation.api.customDomain?.target,
    };
    for (const [name, description] of Object.entries(STACK_OUTPUTS)) {
      // `Object.entries` forgets the literal keys of the record.
      const value = values[name as StackOutput];
      if (value !== undefined)
        new CfnOutput(this, name, { value, description }).overrideLogicalId(name);
    }
  }
}
