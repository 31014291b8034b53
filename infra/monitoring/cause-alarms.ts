import type { Cause } from '../../functions/activation/outcomes/index.ts';
import { OUTCOMES, type OutcomeCode } from '../../functions/activation/outcomes/index.ts';
import type { AlarmExplanation } from './explained-alarm.ts';

/** An alarm that counts the outcomes of one cause. */
export interface CauseAlarm extends Omit<AlarmExplanation, 'runbook'> {
  /** Name of the alarm, after the stack's. */
  readonly name: string;
  /** This many requests within {@link CauseAlarm.withinMinutes} set it off. */
  readonly threshold: number;
  readonly withinMinutes: number;
}

/**
 * One alarm for each cause that the outcome table knows; a new cause does not compile without one.
 *
 * One request is enough where requests fail until somebody acts. Where a single failure goes away by itself
 * (a slow PIM, a late code), it takes three. The table knows nothing of the CDK, because the runbook is made from it too.
 */
export const CAUSE_ALARMS: Readonly<Record<Cause, CauseAlarm>> = {
  credentials: {
    name: 'wrong-credentials',
    threshold: 1,
    withinMinutes: 5,
    what: 'A PIM refused the client id and secret of the App, or no secret is stored for it.',
    why: 'Nobody can connect or open the App from that PIM until the secret is right.',
    firstStep:
      'Find the PIM in the log (field pim), then: npm run app -- pims rotate-secret <PIM URL>',
  },
  'late-code': {
    name: 'late-codes',
    threshold: 3,
    withinMinutes: 15,
    what: 'Authorization codes reached the PIM after their 30 seconds, several times.',
    why: 'Users are sent to the PIM once more, and see an error if the second code is late too.',
    firstStep:
      'Look at the callback duration on the dashboard: is the function slow, or one PIM? Then check that PIM’s clock.',
  },
  pim: {
    name: 'pim-failing',
    threshold: 3,
    withinMinutes: 15,
    what: 'Exchanges failed because a PIM was unreachable, slow or gave an unusable answer.',
    why: 'Its users cannot connect. Nothing is lost: opening the App again recovers it.',
    firstStep:
      'Find in the log whether it is one PIM (field pim) and which way it fails (fields failure, pimStatus); tell its administrator.',
  },
  store: {
    name: 'store-failing',
    threshold: 1,
    withinMinutes: 5,
    what: 'DynamoDB, KMS or Secrets Manager refused or did not answer.',
    why: 'Users see an error, and a token may have been received without being saved.',
    firstStep:
      'Find the service and the error in the log (fields dependency, errorName). AccessDenied means a changed policy; else look at AWS Health.',
  },
  bug: {
    name: 'defects',
    threshold: 1,
    withinMinutes: 5,
    what: 'A request met something that the code does not expect.',
    why: 'It is a defect of this service or a row of a table that was changed by hand.',
    firstStep:
      'Find the line in the log (message internal_error): errorName and frames say where. If it began with a deployment, go back to the version before.',
  },
};

/** The outcomes that call for a cause's alarm, which are also its headings in the runbook. */
export function codesOf(cause: Cause): readonly OutcomeCode[] {
  return outcomeCodes().filter((code) => OUTCOMES[code].cause === cause);
}

/** `Object.entries` forgets the literal keys that the table's type has. */
function outcomeCodes(): readonly OutcomeCode[] {
  return Object.keys(OUTCOMES) as OutcomeCode[];
}
