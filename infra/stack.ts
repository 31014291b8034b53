import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AkeneoAppActivation } from './akeneo-app-activation.ts';
import { assertDeployableStack } from './configuration/assert-deployable.ts';
import { importDomain } from './configuration/domain-settings.ts';
import type { AkeneoAppActivationStackProps } from './configuration/stack-props.ts';

/**
 * A stack that holds one activation.
 *
 * In production it is protected from deletion: the generated address goes with it, and a new one has to
 * be registered in every PIM.
 */
export class AkeneoAppActivationStack extends Stack {
  /** The construct with everything in it, for grants to back ends. */
  public readonly activation: AkeneoAppActivation;

  /** @throws {RefusedConfiguration} naming every problem of the props and its fix. */
  constructor(scope: Construct, id: string, props: AkeneoAppActivationStackProps = {}) {
    super(scope, id, {
      description: 'Connects an Akeneo App with PIMs (akeneo-app-activation)',
      terminationProtection: props.stage !== 'development',
      ...props,
    });
    assertDeployableStack(props);
    const { customDomain, ...others } = props;
    const imported = customDomain && importDomain(this, customDomain);
    const activationProps = { ...others, ...(imported && { customDomain: imported }) };
    this.activation = new AkeneoAppActivation(this, 'Activation', activationProps);
  }
}
