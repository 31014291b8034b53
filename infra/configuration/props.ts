import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IHostedZone } from 'aws-cdk-lib/aws-route53';
import type { Bus } from '../events/bus.ts';
import type { HealthCheckProps } from '../health/health-settings.ts';

/** What a deployment is for. Only `development` accepts the switches that are named `dangerously…`. */
export type Stage = 'production' | 'development';

/** How many requests the API lets through; more are answered with 429 and cost nothing. */
export interface ThrottleProps {
  /** Requests a second in the long run. */
  readonly rateLimit: number;
  /** Requests that may come at once. */
  readonly burstLimit: number;
}

/** An address of one's own for the two URLs. */
export interface CustomDomainProps {
  /** For example `connect.example.com`. */
  readonly domainName: string;
  /** Covers the name; in the region of the stack. */
  readonly certificate: ICertificate;
  /**
   * The zone that gets the record of the name.
   *
   * @default - no record; point the name at the output `CustomDomainTarget` yourself
   */
  readonly hostedZone?: IHostedZone;
}

/** Everything that can be chosen about an activation; nothing has to be. */
export interface AkeneoAppActivationProps {
  /**
   * What the deployment is for.
   *
   * @default - 'production'
   */
  readonly stage?: Stage;
  /**
   * An address of one's own; the generated one is then switched off.
   *
   * @default - the address that API Gateway generates
   */
  readonly customDomain?: CustomDomainProps;
  /**
   * How many requests the API lets through.
   *
   * @default - 25 requests a second, 50 at once
   */
  readonly throttle?: ThrottleProps;
  /**
   * How long log lines are kept.
   *
   * @default - 90 days
   */
  readonly logRetention?: RetentionDays;
  /**
   * Memory of each function, in MiB; its share of a processor grows with it.
   *
   * @default - 1024
   */
  readonly memorySize?: number;
  /**
   * Who gets the alarms by e-mail, once they have confirmed the subscription.
   *
   * @default - nobody; the alarms only show in the console and on the dashboard
   */
  readonly alarmEmail?: string;
  /**
   * How often connected PIMs are asked whether they still take the App's token, or that they are not.
   *
   * @default - every six hours
   */
  readonly healthCheck?: HealthCheckProps;
  /**
   * The bus of EventBridge that gets the events of connections.
   *
   * @default - the account's default bus
   */
  readonly eventBus?: Bus;
  /**
   * Other AWS accounts whose back ends may read connections with their tokens. It opens the table and the key to the
   * whole account; which of its roles gets the right is up to that account.
   *
   * @default - none
   */
  readonly backEndAccounts?: readonly string[];
  /**
   * Accept PIMs at plain `http` on a loopback host. Development only.
   *
   * @default - false
   */
  readonly dangerouslyAllowHttpPimOnLoopback?: boolean;
  /**
   * Delete every connection, every listed PIM and the token key together with the stack, for ever. Development only.
   *
   * @default - false
   */
  readonly dangerouslyDestroyTables?: boolean;
}
