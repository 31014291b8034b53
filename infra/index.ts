/** `akeneo-app-activation/infra`: the construct for a CDK app of your own. */
export { AkeneoAppActivation } from './akeneo-app-activation.ts';
export type { BackEnd } from './back-ends/back-end-environment.ts';
export type { ConnectionsReference, ReadOptions } from './back-ends/connections-access.ts';
export { ConnectionsForBackEnds } from './back-ends/connections-for-back-ends.ts';
export type { HealthCheckProps } from './configuration/health-settings.ts';
export type {
  AkeneoAppActivationProps,
  Bus,
  Stage,
  ThrottleProps,
} from './configuration/settings.ts';
export type { CustomDomainProps } from './custom-domain.ts';
export type { AkeneoAppActivationStackProps } from './stack.ts';
export { AkeneoAppActivationStack } from './stack.ts';
