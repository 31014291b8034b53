import { CAUSE_ALARMS } from '../infra/monitoring/cause-alarms.ts';

const OF_CAUSES = Object.values(CAUSE_ALARMS).map(({ name }) => `\`${name}\``);

/** The part of the runbook for alarms that no outcome sets off: a handler that does not run reports none. */
export const SERVICE_ALARMS = `# Alarms of the services

## function-crashes

Alarms \`activate-crashes\` and \`callback-crashes\`. A function ended without an answer; the browser got a bare gateway error. The handler answers every error by itself, so the process was stopped from outside or never started.

1. Open the function's log at that time. \`platform.report\` with status \`timeout\`: something hung beyond all its own limits; see which trace segment is open. Out of memory: deploy with a higher \`memorySize\` (1024 by default).
2. \`platform.initReport\` with an error: the function could not start. “Missing environment variables” names what the deployment left out: deploy again from a clean checkout.

## function-throttles

Alarms \`activate-throttles\` and \`callback-throttles\`. Lambda refused to start a function because the account had reached its concurrency. Compare \`ConcurrentExecutions\` of the account with its quota; raise the quota, or find the function that uses it up.

## api-server-errors

Many answers with a 5xx status. If an alarm of a cause is on too (${OF_CAUSES.join(', ')}), continue there. If none is, the gateway could not reach a function: read \`integrationError\` in the access log.

## api-throttled-requests

The gateway answered 429. Count the access log by source address: one address is a probe and can be left alone or blocked in front; many are users: deploy with a higher \`throttleRate\` and \`throttleBurst\` (25 and 50 by default).

## callback-slow

Three callbacks or more took 8 s or longer within 15 minutes, and an authorization code lives 30 s. In the callback's log, \`filter Duration >= 8000 | stats count() by pim\` counts them by PIM. One PIM: tell its administrator. All of them: look at the traces for DynamoDB, KMS and Secrets Manager, and at AWS Health.

## health-sweep-given-up

A sweep over the connected PIMs did not come to its end in three attempts, so dead tokens are noticed later. Read the last lines of the health function's log.

1. \`SweepUnfinishedError\`: too many PIMs did not answer within five seconds; \`unreachable\` in \`health_sweep_stopped\` counts them. The next sweep starts from the beginning.
2. \`ServiceError\`: DynamoDB refused or did not answer. AccessDenied means a changed policy; else look at AWS Health.

## health-visits-failed

Connections could not be visited for a reason of ours. In the log, \`visit_failed\` names the PIM, and \`problem\` the reason.

1. A named attribute: the row was changed by hand. Let a user of that PIM open the App once, which writes the row anew. If it stays: \`npm run app -- connections forget <pim>\`, then list the PIM and connect again.
2. \`IncorrectKeyException\` or \`InvalidCiphertextException\`: the stored token does not decrypt, for back ends neither. If the token key was replaced, let a user of that PIM open the App once, which encrypts the token under the new key. If the key is the same, the ciphertext is damaged: disconnect the App in the PIM and connect it again.

## events-late

Changes of connections have waited ten minutes or longer to be told as events. Nothing is lost for 20 hours. In the events function's log, \`refusals\` in \`events_refused\` says why the bus refuses; if there is no line at all, the function crashes or is throttled.

## events-given-up

Changes were given up after 20 hours. A message in the queue of undelivered events names the shard and the sequence numbers; the stream has them for four hours more. Later, compare what your services know with \`npm run app -- connections list\`.

The alarm stays on while a message is in the queue, for up to 14 days. Read them, and delete them all when you have dealt with them:

\`\`\`sh
aws sqs receive-message --max-number-of-messages 10 --queue-url <output UndeliveredEventsQueue>
aws sqs purge-queue --queue-url <output UndeliveredEventsQueue>
\`\`\`

## events-unreadable

A row was changed by hand so that no event could be made of it; it was skipped. \`problems\` in the log names the attribute. Let a user of that PIM open the App once, which writes the row anew.
`;
