/** `akeneo-app-activation/infra`: the construct for a CDK app of your own. */
export { AkeneoAppActivation } from './akeneo-app-activation.ts';
export type { HealthCheckProps, KeepWarmProps } from './configuration/schedule-settings.ts';
export type {
  AkeneoAppActivationProps,
  Bus,
  MonitoringLevel,
  Stage,
} from './configuration/settings.ts';
export type { ThrottleProps } from './configuration/throttle-settings.ts';
export { type BackEnd, ConnectionsForBackEnds } from './connections-for-back-ends.ts';
export type { CustomDomainProps } from './custom-domain.ts';
export { AkeneoAppActivationStack, type AkeneoAppActivationStackProps } from './stack.ts';
export type { ConnectionsAttributes, ReadOptions } from './storage/connections-access.ts';
