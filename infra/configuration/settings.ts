import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Bus } from '../events/bus.ts';
import { type HealthCheckSettings, healthCheckSettings } from '../health/health-settings.ts';
import { assertDeployable } from './assert-deployable.ts';
import type { CustomDomainProps, Stage, ThrottleProps } from './props.ts';
import type { UncheckedProps } from './unchecked-props.ts';

/** The props with every default filled in, checked. */
export interface Settings {
  readonly stage: Stage;
  readonly customDomain: CustomDomainProps | undefined;
  readonly throttle: ThrottleProps;
  readonly logRetention: RetentionDays;
  readonly memorySize: number;
  readonly alarmEmail: string | undefined;
  readonly healthCheck: HealthCheckSettings;
  /** Absent for the account's default bus. */
  readonly eventBus: Bus | undefined;
  readonly backEndAccounts: readonly string[];
  readonly dangerouslyAllowHttpPimOnLoopback: boolean;
  readonly dangerouslyDestroyTables: boolean;
}

/**
 * The limits of the API when none are chosen: far above what PIM users do by hand, and low enough for an account that
 * is new to Lambda, which may run ten functions at once.
 */
export const DEFAULT_THROTTLE: ThrottleProps = { rateLimit: 25, burstLimit: 50 };

/**
 * 1,769 MiB are one whole processor, and 1,024 MiB are 58 % of it: enough that loading the SDK and the
 * TLS handshakes of a first request take well below a second. The rest of a request waits for the network,
 * where more memory costs more and gains nothing.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html Memory and processor share}
 */
const DEFAULT_MEMORY_MIB = 1024;

/**
 * Checks the props and fills in the defaults.
 *
 * @throws {RefusedConfiguration} naming every problem of the props and its fix.
 */
export function settingsOf(props: UncheckedProps): Settings {
  assertDeployable(props);
  return {
    stage: props.stage ?? 'production',
    customDomain: props.customDomain,
    throttle: props.throttle ?? DEFAULT_THROTTLE,
    logRetention: props.logRetention ?? RetentionDays.THREE_MONTHS,
    memorySize: props.memorySize ?? DEFAULT_MEMORY_MIB,
    alarmEmail: props.alarmEmail,
    healthCheck: healthCheckSettings(props.healthCheck),
    eventBus: props.eventBus,
    backEndAccounts: props.backEndAccounts ?? [],
    dangerouslyAllowHttpPimOnLoopback: props.dangerouslyAllowHttpPimOnLoopback ?? false,
    dangerouslyDestroyTables: props.dangerouslyDestroyTables ?? false,
  };
}
