import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Settings } from './configuration/settings.ts';
import { keptOnceInUse } from './storage/durability.ts';

/**
 * A log group of one's own, so that lines are deleted after the retention time (Lambda's default is never) and so
 * that a role can be limited to it. In production it stays when the stack is deleted: logs are needed after
 * something was deleted by mistake. It holds no secret; see `functions/telemetry/outcome-line.ts`.
 */
export function logGroup(scope: Construct, id: string, settings: Settings): LogGroup {
  return new LogGroup(scope, id, {
    retention: settings.logRetention,
    removalPolicy: keptOnceInUse(settings.stage === 'production'),
  });
}
