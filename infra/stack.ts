import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AkeneoAppActivation } from './akeneo-app-activation.ts';
import {
  type DomainSettings,
  domainSettingsProblems,
  importDomain,
} from './configuration/domain-settings.ts';
import { problemsOf } from './configuration/problems.ts';
import type { AkeneoAppActivationProps } from './configuration/props.ts';
import { refuseProblems } from './configuration/refuse-problems.ts';

/** The props of the construct, with a custom domain that is given by names. */
export interface AkeneoAppActivationStackProps
  extends StackProps,
    Omit<AkeneoAppActivationProps, 'customDomain'> {
  /** @default - the address that API Gateway generates */
  readonly customDomain?: DomainSettings;
}

/**
 * A stack that holds one activation.
 *
 * In production it is protected from deletion: the generated address goes with it, and a new one has to
 * be registered in every PIM.
 */
export class AkeneoAppActivationStack extends Stack {
  public readonly activation: AkeneoAppActivation;

  /** @throws {RefusedConfiguration} naming every problem of the props and its fix. */
  constructor(scope: Construct, id: string, props: AkeneoAppActivationStackProps = {}) {
    super(scope, id, {
      description: 'Connects an Akeneo App with PIMs (akeneo-app-activation)',
      terminationProtection: props.stage !== 'development',
      ...props,
    });
    const { customDomain, ...others } = props;
    const imported = customDomain && importDomain(this, customDomain);
    const activationProps = { ...others, ...(imported && { customDomain: imported }) };
    refuseProblems([
      ...(customDomain ? domainSettingsProblems(customDomain) : []),
      ...problemsOf(activationProps),
    ]);
    this.activation = new AkeneoAppActivation(this, 'Activation', activationProps);
  }
}
