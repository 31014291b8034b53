import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Cause } from '../../functions/activation/outcomes.ts';
import { alarmName } from '../fixed-names.ts';
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

/** A function of the stack. */
interface Watched {
  readonly handler: 'activate' | 'callback' | 'login' | 'events' | 'health';
  readonly function: IFunction;
}

interface ExplainedAlarmProps {
  readonly name: string;
  readonly metric: IMetric;
  readonly text: AlarmText;
  /** Where the runbook goes on. */
  readonly headings: readonly string[];
  readonly evaluationPeriods?: number;
}

const GOES_OFF = {
  from: {
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  },
  below: {
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  },
  'below-or-missing': {
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: TreatMissingData.BREACHING,
  },
} satisfies Readonly<Record<NonNullable<AlarmText['goesOff']>, object>>;

/**
 * An alarm with a text of `alarms.ts`. No data means that nobody connected, which is no alarm; for a sign of life, it
 * means that the sign is missing.
 *
 * Its name begins with the stack's, because the name is all that a mail has in its subject.
 */
export class ExplainedAlarm extends Alarm {
  private constructor(scope: Construct, id: string, props: ExplainedAlarmProps) {
    const { name, metric, text, headings, evaluationPeriods = 1 } = props;
    super(scope, id, {
      alarmName: alarmName(Stack.of(scope).stackName, name),
      alarmDescription: describeAlarm(text, headings),
      metric,
      threshold: text.threshold,
      evaluationPeriods,
      ...GOES_OFF[text.goesOff ?? 'from'],
    });
  }

  /**
   * An alarm on something that no outcome reports.
   *
   * @param evaluationPeriods of the metric, in each of which it has to be so. By default one.
   */
  static ofService(
    scope: Construct,
    name: ServiceAlarmName,
    metric: IMetric,
    evaluationPeriods = 1,
  ): ExplainedAlarm {
    const text: ServiceAlarm = SERVICE_ALARMS[name];
    const { id = name, heading = name } = text;
    const headings = [heading];
    return new ExplainedAlarm(scope, id, { name, metric, text, headings, evaluationPeriods });
  }

  /** The alarms on a function that fails, and on one that Lambda refuses to run. */
  static ofFunction(
    scope: Construct,
    { handler, function: target }: Watched,
    period = Duration.minutes(5),
  ): readonly ExplainedAlarm[] {
    return [
      ExplainedAlarm.ofService(scope, `${handler}-crashes`, target.metricErrors({ period })),
      ExplainedAlarm.ofService(scope, `${handler}-throttles`, target.metricThrottles({ period })),
    ];
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
