/** `akeneo-app-activation/infra`: the construct for a CDK app of your own. */
// First: whatever else is loaded needs what this looks for.
import './peers.ts';

export type { AppProps } from '../branding/app.ts';
export type { ActivationApi } from './activation-api.ts';
export { AkeneoAppActivation } from './akeneo-app-activation.ts';
export type { ActivateFunction } from './compute/activate-function.ts';
export type { CallbackFunction } from './compute/callback-function.ts';
export type { ConnectionEvents } from './compute/connection-events.ts';
export type { HandlerFunction } from './compute/handler-function.ts';
export type { HealthCheck } from './compute/health-check.ts';
export type { KeepWarm } from './compute/keep-warm.ts';
export type { LoginFunction } from './compute/login-function.ts';
export type { SimulatedPim } from './compute/simulated-pim.ts';
export type {
  AkeneoAppActivationProps,
  Bus,
  MonitoringLevel,
  Stage,
} from './configuration/props.ts';
export type { HealthCheckProps, KeepWarmProps } from './configuration/schedule-settings.ts';
export type { ThrottleProps } from './configuration/throttle-settings.ts';
export { type BackEnd, ConnectionsForBackEnds } from './connections-for-back-ends.ts';
export type { CustomDomain, CustomDomainProps, DomainSettings } from './custom-domain.ts';
export type { ActivationDashboard } from './monitoring/dashboard.ts';
export type { ExplainedAlarm } from './monitoring/explained-alarm.ts';
export type { Monitoring } from './monitoring/monitoring.ts';
export type { VpcSettings } from './network.ts';
export type { Outputs } from './outputs.ts';
export { AkeneoAppActivationStack, type AkeneoAppActivationStackProps } from './stack.ts';
export type { ClientSecrets } from './storage/client-secrets.ts';
export type { ConnectionsAttributes, ReadOptions } from './storage/connections-access.ts';
export type { ConnectionsTable } from './storage/connections-table.ts';
export type { FlowsTable } from './storage/flows-table.ts';
export type { LoginsTable } from './storage/logins-table.ts';
export type { PimsTable } from './storage/pims-table.ts';
export type { TokenKey } from './storage/token-key.ts';
