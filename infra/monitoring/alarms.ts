import { type Cause, OUTCOMES, type OutcomeCode } from '../../functions/activation/outcomes.ts';
import type { StackOutput } from '../../functions/stack-outputs.ts';

/*
 * Every alarm: when it goes off, and all that is said about it. The descriptions of the alarms and `docs/runbook.md` are
 * made from here; what each alarm measures is where it is created. Nothing of the CDK is imported, for the runbook.
 */

/** What the console and the mail say about an alarm, and when it goes off. */
export interface AlarmText {
  readonly threshold: number;
  /**
   * When it goes off: at the threshold and above, below it, or, for a sign of life, below it and without any data.
   *
   * @default 'from'
   */
  readonly goesOff?: 'from' | 'below' | 'below-or-missing';
  /** What was counted. */
  readonly what: string;
  /** Why it matters, and to whom. */
  readonly why: string;
  /** Where to look first. */
  readonly firstStep: string;
}

/** An alarm that counts the outcomes of one cause. The runbook explains each of those outcomes. */
export interface CauseAlarm extends AlarmText {
  readonly name: string;
  readonly withinMinutes: number;
}

/** An alarm for what no outcome can report, such as a function that does not run. */
export interface ServiceAlarm extends AlarmText {
  /** The construct's id if it is not the name: a new name must not change the logical id. @default the alarm's name */
  readonly id?: string;
  /** Its heading in the runbook; several alarms may share one. @default the alarm's name */
  readonly heading?: string;
  /** Its section in the runbook. */
  readonly runbook: string;
}

/** A callback this slow is counted: a code lives 30 seconds, and before the handler come the network and a cold start. */
export const SLOW_CALLBACK_MS = 8_000;

/**
 * One alarm for each cause in the outcome table.
 *
 * One request is enough where requests fail until somebody acts. Where a single failure goes away by itself (a slow PIM,
 * a late code), it takes three.
 */
export const CAUSE_ALARMS: Readonly<Record<Cause, CauseAlarm>> = {
  credentials: {
    name: 'wrong-credentials',
    threshold: 1,
    withinMinutes: 5,
    what: 'A PIM refused the client id and secret of the App, or no secret is stored for it.',
    why: 'Nobody can connect or open the App from that PIM until the secret is right.',
    firstStep:
      'Find the PIM in the log (field pim), then: npx akeneo-app pims rotate-secret <PIM URL>',
  },
  'late-code': {
    name: 'late-codes',
    threshold: 3,
    withinMinutes: 15,
    what: 'Authorization codes reached the PIM after their 30 seconds, several times.',
    why: 'Users are sent to the PIM once more, and see an error if the second code is late too.',
    firstStep:
      'Look at Duration in the callback’s log: is the function slow, or one PIM (field pim)? Then check that PIM’s clock.',
  },
  pim: {
    name: 'pim-failing',
    threshold: 3,
    withinMinutes: 15,
    what: 'Exchanges failed because a PIM was unreachable, slow or gave an unusable answer, or its word on who opened the App was unusable.',
    why: 'Its users cannot connect, or are not logged in. Nothing is lost: opening the App again recovers it.',
    firstStep:
      'Find in the log whether it is one PIM (field pim) and which way it fails (fields failure, connectionFailure, pimStatus, identityProblem); tell its administrator.',
  },
  store: {
    name: 'store-failing',
    threshold: 1,
    withinMinutes: 5,
    what: 'DynamoDB or KMS refused or did not answer.',
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

/** The other alarms by their names, in the order of the runbook. */
export const SERVICE_ALARMS = {
  'activate-crashes': crashes('activate'),
  'callback-crashes': crashes('callback'),
  'login-crashes': crashes('login'),
  'activate-throttles': throttles('activate'),
  'callback-throttles': throttles('callback'),
  'login-throttles': throttles('login'),
  'events-crashes': backgroundCrashes(
    'events',
    'Changes of connections are not told as events until it works again.',
  ),
  'health-crashes': backgroundCrashes(
    'health',
    'Dead tokens are noticed later: the sweep was not finished.',
  ),
  'events-throttles': throttles('events'),
  'health-throttles': throttles('health'),
  'activate-not-invoked': notInvoked('activate'),
  'callback-not-invoked': notInvoked('callback'),
  'login-not-invoked': notInvoked('login'),
  'api-server-errors': {
    threshold: 5,
    what: 'Five or more requests within five minutes were answered with a 5xx status.',
    why: 'Many users are failing at once. If an alarm of a cause is on as well, that one says why; if not, the gateway could not reach a function.',
    firstStep:
      'Look which other alarms are on. If none, read error and integrationError in the access log.',
    runbook: `Many answers have a 5xx status. If an alarm of a cause is on too (${nameCauseAlarms()}), continue there. If none is, the gateway could not reach a function: read \`integrationError\` in the access log.`,
  },
  'api-throttled-requests': {
    threshold: 10,
    what: 'The gateway refused ten or more requests within five minutes with 429, because there were too many.',
    why: 'People do not click that fast: somebody is probing, or the limits are too low for a roll-out.',
    firstStep:
      'Count the access log by sourceIp. A single address is a probe; many are users: deploy with a higher throttleRate and throttleBurst.',
    runbook: `The gateway answered 429. Count the access log by source address. One address is a probe: leave it alone, or block it in front. Many addresses are users: deploy with a higher \`throttleRate\` and \`throttleBurst\` (25 and 10 by default).`,
  },
  'callback-slow': {
    threshold: 3,
    what: `Three or more callbacks took ${SLOW_CALLBACK_MS / 1000} seconds or longer within a quarter of an hour.`,
    why: 'The authorization code lives 30 seconds, of which the network and a cold start take some: codes will soon be late.',
    firstStep: `Find them in the callback’s log (filter Duration >= ${SLOW_CALLBACK_MS}): is it one PIM (field pim)? If all are slow, look at AWS Health and at the tables’ SuccessfulRequestLatency.`,
    runbook: `Three callbacks or more took ${SLOW_CALLBACK_MS / 1000} s or longer within 15 minutes, and an authorization code lives 30 s. In the callback's log, \`filter Duration >= ${SLOW_CALLBACK_MS} | stats count() by pim\` counts them by PIM. One PIM: tell its administrator. All of them: look at AWS Health, and at the metric \`SuccessfulRequestLatency\` of the tables.`,
  },
  'key-unusable': {
    threshold: 1,
    what: 'KMS refused to use the token key or that of the client secrets: it is disabled, scheduled for deletion, or gone.',
    why: 'Without the token key, back ends cannot read any token; without either, nobody can connect a new PIM. A key that is deleted takes all that it has encrypted with it.',
    firstStep: `See the state and the deletion date of both: aws kms describe-key --key-id ${output('TokenKeyArn')}, and ${output('ClientSecretKeyArn')}. Then: aws kms cancel-key-deletion, and aws kms enable-key.`,
    runbook: `KMS refused to use a key. Without the token key, back ends cannot read a token (\`key_unusable\` of the library), and the callback cannot save a new one (\`token_not_saved\`). Without the key of the client secrets, it cannot ask a PIM for a token (\`store_unavailable\`). What to do, and how much time there is: [incidents](incidents.md#the-key-is-disabled-or-scheduled-for-deletion).

The alarm goes off when the key is first needed: the token key within four minutes, by the call that keeps callback warm; the other one by the first user whose client secret the function does not know. It stays on until a whole round of the health check has gone by without it.`,
  },
  'health-not-run': {
    threshold: 1,
    goesOff: 'below-or-missing',
    what: 'No sweep over the connected PIMs was started for two periods.',
    why: 'Nobody notices dead tokens. The schedule is gone, switched off, or not allowed to start the sweep.',
    firstStep:
      'See whether the rule of the stack is there and enabled (EventBridge, Rules), and whether Lambda throttles the function (alarm health-throttles).',
    runbook: `No sweep was started for two periods of the health check. In the console, _EventBridge > Rules_: the rule of the stack has to be there and enabled. If it is not, deploy the stack again. If it is, its metric \`FailedInvocations\` says whether it may not start the function.`,
  },
  'health-sweep-given-up': {
    threshold: 1,
    what: 'A sweep over the connected PIMs did not come to its end in three attempts.',
    why: 'Dead tokens are noticed later: only some connections, or none, were checked.',
    firstStep:
      'Read the last lines of the sweep’s log. SweepUnfinishedError: too many connections, or too many PIMs that did not answer within five seconds; ServiceError: DynamoDB refused (field dependency).',
    runbook: `A sweep over the connected PIMs did not finish in three attempts, so dead tokens are noticed later. Read the last lines of the health function's log.

1. \`SweepUnfinishedError\`: too many PIMs did not answer within five seconds, if \`unreachable\` in \`health_sweep_stopped\` counts many; else there are too many connections. \`ConnectionsLeft\` says how many were not reached. They come first in the next sweep. If it happens at each sweep, see [many connections](operate.md#many-connections).
2. \`ServiceError\`: DynamoDB refused or did not answer. AccessDenied means a changed policy; else look at AWS Health.`,
  },
  'health-checks-failed': {
    id: 'health-visits-failed',
    threshold: 1,
    what: 'Connections could not be checked for a reason of ours: a token did not decrypt, a row was changed by hand, or KMS or DynamoDB refused.',
    why: 'A token that does not decrypt here does not decrypt for a back end either.',
    firstStep:
      'Find check_failed in the log: problem says which. If it names an attribute, or the token key was replaced, let a user of that PIM open the App once. If the token is damaged, disconnect the App in that PIM and connect it again.',
    runbook: `Connections could not be checked, and the reason is on our side. In the log, \`check_failed\` names the PIM, and \`problem\` the reason.

1. A named attribute: the row was changed by hand. Let a user of that PIM open the App once, which writes the row anew. If the problem stays: \`npx akeneo-app connections forget <pim>\`, then list the PIM and connect again.
2. \`IncorrectKeyException\` or \`InvalidCiphertextException\`: the stored token does not decrypt, for back ends neither. If the token key was replaced, let a user of that PIM open the App once, which encrypts the token under the new key. If the key is the same, the ciphertext is damaged: disconnect the App in the PIM and connect it again.`,
  },
  'events-late': {
    /** Milliseconds. One or two retries are normal; after ten minutes somebody has to look. */
    threshold: 10 * 60_000,
    what: 'Changes of connections have been waiting for ten minutes or longer to be told as events.',
    why: 'Other services do not learn who has connected or disconnected. After 20 hours the oldest are given up.',
    firstStep:
      'Read the publisher’s log: refusals in events_refused says why the bus refuses. No line at all: the function crashes or is throttled.',
    runbook: `Changes of connections have waited ten minutes or longer to be published as events. Nothing is lost for 20 hours. In the events function's log, \`refusals\` in \`events_refused\` says why the bus refuses. If there is no line at all, the function crashes or is throttled.`,
  },
  'events-not-invoked': {
    threshold: 1,
    what: 'Lambda could not invoke the function that tells changes of connections as events.',
    why: 'Events wait, and while the function is throttled or cannot start, no other metric says so.',
    firstStep:
      'Look at the alarms events-throttles and events-crashes. If neither is on, look at the mapping of the stream in the console of Lambda: LastProcessingResult says why.',
    runbook: `Lambda reads the stream but could not invoke the function (\`FailedInvokeEventCount\` of the stream's mapping): it is throttled, cannot start, or its role lacks a right. Nothing is lost for 20 hours. \`aws lambda list-event-source-mappings --function-name <the events function>\` has \`LastProcessingResult\`.`,
  },
  'events-given-up': {
    threshold: 1,
    what: 'Changes of connections were given up after 20 hours, or an event can never be sent; the queue of undelivered events names them.',
    why: 'Services that rely on the events do not know of them.',
    firstStep: `Read the message: it names a shard and sequence numbers, which the stream has for 24 hours, or the PIM and why its event cannot be sent. Then compare: npx akeneo-app connections list. The alarm stays on until the queue is empty: aws sqs purge-queue --queue-url ${output('UndeliveredEventsQueue')}`,
    runbook: `Changes were given up after 20 hours. A message in the queue of undelivered events names the shard and the sequence numbers; the stream keeps them for four hours more. A message with a \`reason\` is about one event that EventBridge never takes, such as \`EventTooLarge\`: it names the PIM and the client ID. In both cases, compare what your services know with \`npx akeneo-app connections list\`.

The alarm stays on while a message is in the queue, for up to 14 days. Read the messages, and delete them all when you have dealt with them:

\`\`\`sh
aws sqs receive-message --max-number-of-messages 10 --queue-url ${output('UndeliveredEventsQueue')}
aws sqs purge-queue --queue-url ${output('UndeliveredEventsQueue')}
\`\`\``,
  },
  'events-malformed': {
    id: 'events-unreadable',
    threshold: 1,
    what: 'A row of the table of connections was changed so that no event could be made of it.',
    why: 'It was skipped, so that the events of other PIMs did not have to wait for it.',
    firstStep:
      'Find the line in the publisher’s log (level ERROR): problems names the attribute. Rows are not to be changed by hand; let a user of that PIM open the App once.',
    runbook: `A row was changed by hand, so no event could be made of it, and it was skipped. \`problems\` in the log names the attribute. Let a user of that PIM open the App once, which writes the row anew.`,
  },
  'certificate-expiring': {
    threshold: 30,
    goesOff: 'below',
    what: 'The certificate of the domain name ends in less than 30 days.',
    why: 'When it has ended, no browser and no PIM opens either URL. Certificate Manager renews 60 days before the end, so something keeps it from doing so.',
    firstStep:
      'aws acm describe-certificate --certificate-arn <certificate>: RenewalSummary says what is missing. Nearly always it is the DNS record that proves the name.',
    runbook: `Only with a domain name of your own. Certificate Manager renews a certificate by itself 60 days before its end, as long as the DNS record that proves the name is there; one that was imported it does not renew. \`aws acm describe-certificate\` says in \`RenewalSummary\` what is missing. Put the record back, or import a new certificate under the same ARN.`,
  },
} as const satisfies Readonly<Record<string, ServiceAlarm>>;

/** The name of an alarm that no outcome sets off. */
export type ServiceAlarmName = keyof typeof SERVICE_ALARMS;

/** Only where Apps are told who opens them. */
export const LOGIN_ALARMS = [
  'login-crashes',
  'login-throttles',
  'login-not-invoked',
] as const satisfies readonly ServiceAlarmName[];

/** The description of an alarm. @param headings where the runbook goes on. */
export function describeAlarm(text: AlarmText, headings: readonly string[]): string {
  const paths = headings.map((heading) => `docs/runbook.md#${heading}`);
  return [
    `What: ${text.what}`,
    `Why: ${text.why}`,
    `First step: ${text.firstStep}`,
    `Runbook: ${paths.join(', ')}`,
  ].join('\n');
}

/** The outcomes that a cause's alarm counts. Each is a heading of the runbook. */
export function codesOf(cause: Cause): readonly OutcomeCode[] {
  // `Object.keys` forgets the literal keys that the table's type has.
  const codes = Object.keys(OUTCOMES) as OutcomeCode[];
  return codes.filter((code) => OUTCOMES[code].cause === cause);
}

/** The functions that people wait for. */
type EndpointName = 'activate' | 'callback' | 'login';
type Handler = EndpointName | 'events' | 'health';

function crashes(endpoint: EndpointName) {
  return {
    threshold: 1,
    what: `The ${endpoint} function ended without an answer: a time-out, no memory, a failed start, or no way to DynamoDB or KMS while nobody was there.`,
    why: 'The handler answers every error by itself, so the function was stopped or never started; the user saw a bare gateway error.',
    firstStep: `Open the log of the ${endpoint} function at that time: a line of the platform (type platform.report or platform.initReport) has the status.`,
    heading: 'function-crashes',
    runbook: crashesRunbook(),
  };
}

/** Each is repeated by Lambda, up to twice, so only what fails three times is worth a look. */
function backgroundCrashes(handler: 'events' | 'health', why: string) {
  return {
    threshold: 3,
    what: `The ${handler} function has failed three times.`,
    why,
    firstStep: `Read the last lines of the log of the ${handler} function: a line of the platform, or one with errorType, says why it ended.`,
    heading: 'function-crashes',
    runbook: crashesRunbook(),
  };
}

function crashesRunbook(): string {
  return `Alarms \`activate-crashes\`, \`callback-crashes\`, \`login-crashes\`, \`events-crashes\` and \`health-crashes\`. A function ended without an answer; at the URLs, the browser got a bare gateway error. The handlers answer every error by themselves, so the process was stopped from outside or never started.

1. Open the function's log at that time. \`platform.report\` with status \`timeout\`: something hung beyond all its own limits: look at AWS Health. Out of memory: deploy with a higher \`memorySize\` (1024 by default).
2. A line \`keep_warm_failed\`: the call that keeps the function warm found DynamoDB or KMS not working. Nobody waited for it, but the next user would. Go on with [store_unavailable](#store_unavailable).
3. \`platform.initReport\` with an error: the function could not start. “Missing environment variables” names what the deployment left out: deploy again from a clean checkout.`;
}

function throttles(handler: Handler) {
  const isEndpoint = handler !== 'events' && handler !== 'health';
  return {
    threshold: 1,
    what: `Lambda refused to run the ${handler} function, because too many functions of the account were running.`,
    why: `${isEndpoint ? 'Users saw a bare gateway error' : 'It runs later, or not at all'}. The cause is usually another function of the account.`,
    firstStep:
      'Compare ConcurrentExecutions of the account with its quota (Service Quotas, Lambda); raise it, or deploy with reservedConcurrency.',
    heading: 'function-throttles',
    runbook: `Alarms \`activate-throttles\`, \`callback-throttles\`, \`login-throttles\`, \`events-throttles\` and \`health-throttles\`. Lambda refused to start a function because the account had reached its concurrency, or the function the \`reservedConcurrency\` of the deployment. Compare \`ConcurrentExecutions\` of the account with its quota; [a new account](operate.md#how-many-at-once) has a quota of 10 for all its functions. Raise the quota, find the function that uses it up, or deploy with \`reservedConcurrency\`.`,
  };
}

function notInvoked(endpoint: EndpointName) {
  return {
    threshold: 1,
    goesOff: 'below-or-missing' as const,
    what: `The ${endpoint} function was not invoked, not even by the schedule that keeps it warm.`,
    why: 'The schedule is gone, switched off, or not allowed to invoke the function. The next user waits for a cold start, and nobody would notice an outage.',
    firstStep: `See whether the schedule is there and enabled (EventBridge, Schedules), and whether Lambda throttles the function (alarm ${endpoint}-throttles).`,
    heading: 'function-not-invoked',
    runbook: `Alarms \`activate-not-invoked\`, \`callback-not-invoked\` and \`login-not-invoked\`. The schedule that keeps the functions warm invokes each every four minutes (\`keepWarm\`); three invocations in a row are missing, and no user came either.

1. In the console, _EventBridge > Schedules_: the schedules of the stack have to be there and enabled. If one is not, deploy the stack again.
2. \`TargetErrorCount\` in the namespace \`AWS/Scheduler\` counts invocations that were refused: the schedules’ role was changed by hand, or the functions are throttled ([function-throttles](#function-throttles)).
3. If nothing is wrong, look at AWS Health for Lambda and EventBridge in the region.`,
  };
}

function nameCauseAlarms(): string {
  return Object.values(CAUSE_ALARMS)
    .map(({ name }) => `\`${name}\``)
    .join(', ');
}

function output(name: StackOutput): string {
  return `<output ${name}>`;
}
