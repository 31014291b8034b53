import type { StackProps } from 'aws-cdk-lib';
import type { DomainSettings } from './domain-settings.ts';
import type { AkeneoAppActivationProps } from './props.ts';

/** The props of the construct, with a custom domain that is given by names. */
export interface AkeneoAppActivationStackProps
  extends StackProps,
    Omit<AkeneoAppActivationProps, 'customDomain'> {
  /** @default - the address that API Gateway generates */
  readonly customDomain?: DomainSettings;
}
