/** `akeneo-app-activation/infra`: the construct for a CDK app of your own. */
export { AkeneoAppActivation } from './akeneo-app-activation.ts';
export type { BackEnd } from './back-ends/back-end-environment.ts';
export type { ConnectionsReference, ReadOptions } from './back-ends/connections-access.ts';
export { ConnectionsForBackEnds } from './back-ends/connections-for-back-ends.ts';
export type {
  AkeneoAppActivationProps,
  CustomDomainProps,
  Stage,
  ThrottleProps,
} from './configuration/props.ts';
export type { AkeneoAppActivationStackProps } from './configuration/stack-props.ts';
export type { Bus } from './events/bus.ts';
export type { HealthCheckProps } from './health/health-settings.ts';
export { AkeneoAppActivationStack } from './stack.ts';
