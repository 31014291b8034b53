/** The part of the runbook for alarms that no outcome stands behind: no handler got to say anything. */
export const SERVICE_ALARMS = `# Alarms of the services

## function-crashes

A function ended without an answer; the browser got a bare gateway error. The handler answers every error by itself, so the process was stopped from outside or never started.

1. Open the function's log at that time. \`platform.report\` with status \`timeout\`: something hung beyond all its own limits; see which trace segment is open. Out of memory: raise \`memorySize\`.
2. \`platform.initReport\` with an error: the function could not start. “Missing environment variables” names what the deployment left out: deploy again from a clean checkout.

## function-throttles

Lambda refused to start a function because the account had reached its concurrency. Compare \`ConcurrentExecutions\` of the account with its quota; raise the quota, or find the function that uses it up.

## api-server-errors

Many answers with a 5xx status. If an alarm of a cause (\`pim\`, \`store\`, \`credentials\`, \`bug\`) is on too, go on there. If none is, the gateway could not reach a function: read \`integrationError\` in the access log.

## api-throttled-requests

The gateway answered 429. Count the access log by source address: one address is a probe and can be left alone or blocked in front; many are users, and the \`throttle\` of the construct is too low.

## callback-slow

One callback in ten takes 8 s or longer, and an authorization code lives 30 s. Look at \`Duration\` by \`pim\` in the log. One PIM: tell its administrator. All of them: look at the traces for DynamoDB, KMS and Secrets Manager, and at AWS Health.
`;
