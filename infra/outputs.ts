import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { STACK_OUTPUTS, type StackOutput } from '../functions/stack-outputs.ts';
import type { ActivationApi } from './activation-api.ts';
import type { Stage } from './configuration/props.ts';
import type { ConnectionsForBackEnds } from './connections-for-back-ends.ts';
import { outputParameter } from './fixed-names.ts';
import type { ActivationStorage } from './storage/activation-storage.ts';

/** The parts of an activation that somebody outside the stack has to find. */
export interface ActivationParts extends ActivationStorage {
  readonly stage: Stage;
  readonly api: ActivationApi;
  readonly backEnds: ConnectionsForBackEnds;
  readonly events: { readonly undelivered: IQueue };
  readonly simulatedPim: { readonly url: string; readonly events: IQueue } | undefined;
}

/**
 * What the stack tells whoever deploys it, as outputs and, for tools that cannot read them, as parameters of Systems
 * Manager: `/akeneo-app-activation/<stack name>/<output>`.
 *
 * The name of an output begins with the place of the activation in its stack, so that it meets no other name there:
 * `ActivationCallbackUrl` for an activation with the id `Activation`. The command line finds them by how they end.
 */
export class Outputs extends Construct {
  readonly #outputs: readonly CfnOutput[];

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
      LoginUrl: activation.api.loginUrl,
      LoginsTable: activation.logins?.table.tableName,
      Stage: activation.stage,
      CustomDomainTarget: activation.api.customDomain?.target,
      SimulatedPimUrl: activation.simulatedPim?.url,
      SimulatedPimEventsQueue: activation.simulatedPim?.events.queueUrl,
    };
    // `Object.keys` forgets the literal keys of the record.
    const names = Object.keys(STACK_OUTPUTS) as StackOutput[];
    this.#outputs = names.flatMap((name) => this.#tell(name, values[name]));
  }

  /** Leaves the place out of the outputs' names, for a stack that has no others. */
  leavePlaceOut(): void {
    for (const output of this.#outputs) output.overrideLogicalId(output.node.id);
  }

  #tell(name: StackOutput, value: string | undefined): readonly CfnOutput[] {
    if (value === undefined) return [];
    const description = STACK_OUTPUTS[name];
    new StringParameter(this, `${name}Parameter`, {
      parameterName: outputParameter(Stack.of(this).stackName, name),
      // The name of a nested stack is known at the deployment only.
      simpleName: false,
      stringValue: value,
      description,
    });
    const output = new CfnOutput(this, name, { value, description });
    output.overrideLogicalId(`${this.#place()}${name}`);
    return [output];
  }

  #place(): string {
    const below = Stack.of(this).node.path.length;
    return (this.node.scope?.node.path.slice(below) ?? '').replaceAll(/[^A-Za-z0-9]/g, '');
  }
}
