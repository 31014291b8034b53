import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AkeneoAppActivation } from './akeneo-app-activation.ts';
import { type Problem, refuseProblems } from './configuration/problems.ts';
import type { AkeneoAppActivationProps } from './configuration/props.ts';
import { problemsOf, type UncheckedProps } from './configuration/settings.ts';
import { type DomainSettings, domainSettingsProblems, importDomain } from './custom-domain.ts';

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
    this.activation.outputs.leavePlaceOut();
  }
}

/**
 * Checks the props of the stack, which may be of any type.
 *
 * @param others problems from elsewhere, to be named in the same message.
 * @throws {RefusedConfiguration} naming every problem of the props and its fix.
 */
export function assertDeployableStack(
  props: UncheckedProps,
  others: readonly Problem[] = [],
): asserts props is AkeneoAppActivationStackProps {
  refuseProblems([...others, ...stackProblems(props)]);
}

/** Everything about the props of the stack that cannot be deployed. */
export function stackProblems({ customDomain, ...rest }: UncheckedProps): readonly Problem[] {
  const ofDomain = customDomain ? domainSettingsProblems(Object(customDomain)) : [];
  return [...ofDomain, ...problemsOf(rest)];
}
