import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AkeneoAppActivation } from './akeneo-app-activation.ts';
import { type Problem, refuseProblems } from './configuration/problems.ts';
import type { AkeneoAppActivationProps } from './configuration/props.ts';
import { problemsOf, type UncheckedProps } from './configuration/settings.ts';
import { type DomainSettings, domainSettingsProblems, importDomain } from './custom-domain.ts';
import { importNetwork, type VpcSettings, vpcSettingsProblems } from './network.ts';

/** The props of the construct, with a custom domain and a VPC that are given by names. */
export interface AkeneoAppActivationStackProps
  extends StackProps,
    Omit<AkeneoAppActivationProps, 'customDomain' | 'vpc' | 'vpcSubnets' | 'securityGroups'> {
  /** @default - the address that API Gateway generates */
  readonly customDomain?: DomainSettings;
  /** For the functions that send requests to PIMs. @default - none; PIMs see addresses that change */
  readonly vpc?: VpcSettings;
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
    const { customDomain, vpc, ...others } = props;
    this.activation = new AkeneoAppActivation(this, 'Activation', {
      ...others,
      ...(customDomain && { customDomain: importDomain(this, customDomain) }),
      ...(vpc && importNetwork(this, vpc)),
    });
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
export function stackProblems({ customDomain, vpc, ...rest }: UncheckedProps): readonly Problem[] {
  const ofDomain = customDomain ? domainSettingsProblems(Object(customDomain)) : [];
  const ofVpc = vpc ? vpcSettingsProblems(Object(vpc)) : [];
  return [...ofDomain, ...ofVpc, ...problemsOf(rest)];
}
