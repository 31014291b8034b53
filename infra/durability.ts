import { RemovalPolicy } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from './configuration/settings.ts';

/** How well a table that cannot be made again is kept. */
export interface Durability {
  /** What becomes of it when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
  /** Whether DynamoDB refuses to delete it, whoever asks. */
  readonly deletionProtection: boolean;
}

/**
 * Connections hold tokens that only a PIM user can bring back, so they stay when the stack is deleted, and when
 * somebody makes a mistake in the console, unless a development stage asks for the opposite.
 *
 * A first deployment that fails leaves its empty tables behind. {@link keptOnceInUse} would not help: CloudFormation
 * would try to delete them, DynamoDB would refuse, and the rollback would fail as well.
 */
export function durabilityOf({
  dangerouslyDestroyTables,
}: Pick<Settings, 'dangerouslyDestroyTables'>): Durability {
  return dangerouslyDestroyTables
    ? { removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false }
    : { removalPolicy: RemovalPolicy.RETAIN, deletionProtection: true };
}

/**
 * What becomes of the key and of the logs. What is kept stays when the stack is deleted, but not when a first
 * deployment fails: nothing is in it then, and each further attempt would leave another one behind.
 *
 * @see {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html RetainExceptOnCreate}
 */
export function keptOnceInUse(isKept: boolean): RemovalPolicy {
  return isKept ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
}

/** What decides about a log group. */
export type LogSettings = Pick<Settings, 'stage' | 'logRetention'>;

/**
 * The log group of one function, so that lines are deleted after the retention time (Lambda's default is never) and so
 * that a role can be limited to it. In production it stays when the stack is deleted: logs are needed after
 * something was deleted by mistake. It holds no secret; see `functions/telemetry/log.ts`.
 *
 * @param logGroupName only if its place matters; by default CloudFormation makes a name.
 */
export function logGroup(
  scope: Construct,
  id: string,
  settings: LogSettings,
  logGroupName?: string,
): LogGroup {
  return new LogGroup(scope, id, {
    ...(logGroupName !== undefined && { logGroupName }),
    retention: settings.logRetention,
    removalPolicy: keptOnceInUse(settings.stage === 'production'),
  });
}
