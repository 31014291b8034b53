import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Cause } from '../../functions/activation/outcomes.ts';
import {
  type AlarmText,
  CAUSE_ALARMS,
  codesOf,
  describeAlarm,
  SERVICE_ALARMS,
  type ServiceAlarm,
  type ServiceAlarmName,
} from './alarms.ts';
import { requests } from './metrics.ts';

interface ExplainedAlarmProps {
  readonly name: string;
  readonly metric: IMetric;
  readonly text: AlarmText;
  /** Where the runbook goes on. */
  readonly headings: readonly string[];
}

const WHEN_REACHED = {
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  treatMissingData: TreatMissingData.NOT_BREACHING,
};
const WHEN_MISSING = {
  comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
  treatMissingData: TreatMissingData.BREACHING,
};

/**
 * An alarm with a text of `alarms.ts`. No data means that nobody connected, which is no alarm; for a sign of life, it
 * means that the sign is missing.
 *
 * Its name begins with the stack's, because the name is all that a mail has in its subject.
 */
export class ExplainedAlarm extends Alarm {
  private constructor(scope: Construct, id: string, props: ExplainedAlarmProps) {
    const { name, metric, text, headings } = props;
    super(scope, id, {
      alarmName: `${Stack.of(scope).stackName}-${name}`,
      alarmDescription: describeAlarm(text, headings),
      metric,
      threshold: text.threshold,
      evaluationPeriods: 1,
      ...(text.isSignOfLife ? WHEN_MISSING : WHEN_REACHED),
    });
  }

  /** An alarm on something that no outcome reports. */
  static ofService(scope: Construct, name: ServiceAlarmName, metric: IMetric): ExplainedAlarm {
    const text: ServiceAlarm = SERVICE_ALARMS[name];
    const { id = name, heading = name } = text;
    return new ExplainedAlarm(scope, id, { name, metric, text, headings: [heading] });
  }

  /** The alarm on the requests that end in an outcome of the cause. */
  static ofCause(scope: Construct, cause: Cause): ExplainedAlarm {
    const text = CAUSE_ALARMS[cause];
    const within = Duration.minutes(text.withinMinutes);
    const metric = requests(Stack.of(scope).stackName, cause, within);
    const { name } = text;
    return new ExplainedAlarm(scope, name, { name, metric, text, headings: codesOf(cause) });
  }
}
