import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { AppProps } from '../../branding/app.ts';
import type { CustomDomainProps } from '../custom-domain.ts';
import type { HealthCheckProps, KeepWarmProps } from './schedule-settings.ts';
import type { ThrottleProps } from './throttle-settings.ts';

/** What a deployment is for. Only `development` accepts the switches that are named `dangerously…`. */
export type Stage = 'production' | 'development';

/**
 * How much is watched. Both have every alarm. `full` adds what people look at rather than what wakes them: the dashboard,
 * and the gateway's metrics by route.
 */
export type MonitoringLevel = 'essential' | 'full';

/** A bus of EventBridge; all that is needed of it is its ARN. */
export type Bus = Pick<IEventBus, 'eventBusArn'>;

/** Everything that can be chosen about an activation; nothing has to be. */
export interface AkeneoAppActivationProps {
  /**
   * What the deployment is for.
   *
   * @default - 'production'
   */
  readonly stage?: Stage;
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
  /**
   * A PIM that is none, and a queue for its events, by which `npx akeneo-app smoke` proves the deployment. Anybody may
   * open it, and connect it as long as the command runs; nothing is in it. Development only.
   *
   * @default - false
   */
  readonly simulatedPim?: boolean;
  /**
   * How many requests the API lets through.
   *
   * @default - 25 requests a second, 10 at once
   */
  readonly throttle?: ThrottleProps;
  /**
   * Memory of each function, in MiB; its share of a processor grows with it.
   *
   * @default - 1024
   */
  readonly memorySize?: number;
  /**
   * How many times each endpoint, activate, callback and with `identity` login, may run at once. Twice this number of the
   * account's concurrency, or thrice, is kept for them; AWS demands that 100 are left for all else. The health check and the events reserve nothing.
   *
   * @default - nothing is reserved; both share the account's concurrency with all other functions
   */
  readonly reservedConcurrency?: number;
  /**
   * How long log lines are kept.
   *
   * @default - 90 days
   */
  readonly logRetention?: RetentionDays;
  /**
   * Who gets the alarms by e-mail, once they have confirmed the subscription.
   *
   * @default - nobody; the alarms only show in the console
   */
  readonly alarmEmail?: string;
  /** A topic of yours that gets the alarms, too; CloudWatch has to be allowed to publish there. @default - none */
  readonly alarmTopic?: ITopic;
  /**
   * How much is watched beside the alarms; `docs/operate.md` has the price.
   *
   * @default - 'essential'
   */
  readonly monitoring?: MonitoringLevel;
  /**
   * Whether X-Ray keeps traces of the functions.
   *
   * @default - false
   */
  readonly tracing?: boolean;
  /**
   * Whether Apps can learn which PIM user opens them: a table, a function and its route for verified logins. See
   * `docs/logins.md`.
   *
   * @default - false
   */
  readonly identity?: boolean;
  /**
   * A domain name of your own; the generated address is then switched off.
   *
   * @default - the address that API Gateway generates
   */
  readonly customDomain?: CustomDomainProps;
  /**
   * Whether and how often connected PIMs are asked if they still take the App's token.
   *
   * @default - every six hours
   */
  readonly healthCheck?: HealthCheckProps;
  /**
   * Whether and how often both endpoints are invoked so that PIM users do not wait for cold functions.
   *
   * @default - every four minutes
   */
  readonly keepWarm?: KeepWarmProps;
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
   * A PEM file of at most 64 KB with the certificates of authorities that PIMs of yours have in a company's network.
   * Requests to PIMs trust them in addition to the public ones; nothing else does.
   *
   * @default - none
   */
  readonly pimCertificateAuthorities?: string;
  /**
   * The languages that pages and JSON answers may be in, as BCP 47 tags; a reader's browser chooses among them.
   *
   * @default - all that there are
   */
  readonly languages?: readonly string[];
  /**
   * The language for a reader whose browser asks for none of them.
   *
   * @default - English, or without it the first of `languages`
   */
  readonly defaultLanguage?: string;
  /**
   * A VPC of yours for the functions that send requests to PIMs, callback and health check, and for no others. PIMs then
   * see the address of its NAT gateway. From their subnets the functions have to reach PIMs, DynamoDB and KMS.
   *
   * @default - none; PIMs see addresses that change
   */
  readonly vpc?: IVpc;
  /** Where in the VPC the functions are. @default - in its private subnets */
  readonly vpcSubnets?: SubnetSelection;
  /** What the functions may reach. @default - one made for each function, which lets everything out and nothing in */
  readonly securityGroups?: readonly ISecurityGroup[];
  /**
   * What the pages say of the App: its name, its logo, its colour, and where people find help. `docs/pages.md` shows it.
   *
   * @default - the pages are neutral
   */
  readonly app?: AppProps;
}
