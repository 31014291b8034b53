import { Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** What the console and the mail tell about an alarm. */
export interface AlarmExplanation {
  /** What was counted. */
  readonly what: string;
  /** Why it matters, and to whom. */
  readonly why: string;
  /** Where to look first. */
  readonly firstStep: string;
  /** Headings of the runbook that go on from there. */
  readonly runbook: readonly string[];
}

/** An alarm, with what the people on call need to know about it. */
export interface ExplainedAlarmProps {
  readonly explanation: AlarmExplanation;
  readonly metric: IMetric;
  /** The alarm goes off at this value and above. */
  readonly threshold: number;
}

/**
 * An alarm that says what, why and what first. No data means that nobody connected, which is no alarm.
 *
 * Its name begins with the stack's, because it is all that a mail has in its subject.
 */
export class ExplainedAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ExplainedAlarmProps) {
    super(scope, id, {
      alarmName: `${Stack.of(scope).stackName}-${id}`,
      alarmDescription: describe(props.explanation),
      metric: props.metric,
      threshold: props.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

function describe({ what, why, firstStep, runbook }: AlarmExplanation): string {
  const paths = runbook.map((heading) => `docs/runbook.md#${heading}`);
  return [
    `What: ${what}`,
    `Why: ${why}`,
    `First step: ${firstStep}`,
    `Runbook: ${paths.join(', ')}`,
  ].join('\n');
}
