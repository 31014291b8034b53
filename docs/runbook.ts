import { IDENTITY_PROBLEM_TEXTS } from '../functions/activation/identity.ts';
import { OPERATOR_NOTES, OUTCOMES, type OutcomeCode } from '../functions/activation/outcomes.ts';
import type { PageCode } from '../functions/pages/language.ts';
import english from '../functions/pages/languages/en.ts';
import { CONNECTION_FAILURE_TEXTS } from '../functions/pim/connection-failure.ts';
import { CAUSE_ALARMS, SERVICE_ALARMS, type ServiceAlarm } from '../infra/monitoring/alarms.ts';
import { wrap } from './markdown.ts';

const INTRODUCTION = `# Runbook

<!-- Made from the outcomes and the alarms by \`npm run docs\`; a test fails when they differ. -->

Every request to the App ends in exactly one of these outcomes. The code is on the page, in the JSON answer, in the \`message\` of the log line and in the \`Outcome\` dimension of the metric \`Requests\`; the request ID on the page is the \`requestId\` of the log line. To see one request, in CloudWatch Logs Insights:

\`\`\`
filter requestId = "…"
| fields @timestamp, message, pim, attempt, failure, connectionFailure, pimStatus, identityProblem, dependency, errorName
\`\`\`

The name of an alarm begins with the name of the stack, for instance \`AkeneoAppActivation-${CAUSE_ALARMS.pim.name}\`; below it is left out. The alarms \`${CAUSE_ALARMS.pim.name}\` and \`${CAUSE_ALARMS.credentials.name}\` count a request only if a person was there, which the time in the PIM's wizard tells, or if three flows of the same client id have failed in one running function: anybody can open the activation URL and call back with an invented code.
`;

const FAILED_CONNECTIONS = `# Failed connections

When no connection to a PIM comes about, or it breaks, \`connectionFailure\` in the log line has one of these words. \`npm run app -- doctor\` tries a connection from your machine and says the same.
`;

const UNVERIFIED_IDENTITIES = `# Unverified identities

When an opening of the App is \`identity_unverified\`, \`identityProblem\` in the log line has one of these words. One such line after a PIM has changed its key is no reason to act.
`;

/** The runbook as Markdown: one heading a code, in the order of the table, then the alarms of the services. */
export function runbook(): string {
  // `Object.keys` forgets the literal keys of the table.
  const outcomes = (Object.keys(OUTCOMES) as OutcomeCode[]).map(outcomeSection);
  const failures = Object.entries(CONNECTION_FAILURE_TEXTS).map(
    ([word, { reason, next }]) => `- **\`${word}\`**: the PIM ${reason}. ${next}`,
  );
  const alarms = Object.entries<ServiceAlarm>(SERVICE_ALARMS).map(([name, alarm]) =>
    alarmSection(name, alarm),
  );
  // Alarms that share a heading share its text.
  const failed = [FAILED_CONNECTIONS, ...failures, ''];
  const words = Object.entries(IDENTITY_PROBLEM_TEXTS).map(
    ([word, text]) => `- **\`${word}\`**: ${text}`,
  );
  const unverified = [UNVERIFIED_IDENTITIES, ...words, ''];
  const sections = [
    ...outcomes,
    ...failed,
    ...unverified,
    '# Alarms of the services\n',
    ...new Set(alarms),
  ];
  return wrap([INTRODUCTION, ...sections].join('\n'));
}

function outcomeSection(code: OutcomeCode): string {
  const outcome = { ...OUTCOMES[code], ...OPERATOR_NOTES[code] };
  const page = code in english.outcome ? english.outcome[code as PageCode] : undefined;
  const alarm = outcome.cause ? ` · alarm \`${CAUSE_ALARMS[outcome.cause].name}\`` : '';
  return `## ${code}

HTTP ${outcome.status}${alarm}

**What happened:** ${outcome.meaning}

**The PIM user reads:** ${page ? `“${page.title}” ${page.next}` : 'nothing: a redirect sends the browser on.'}

**The operator:** ${outcome.operator}
`;
}

function alarmSection(name: string, { heading = name, runbook: text }: ServiceAlarm): string {
  return `## ${heading}\n\n${text}\n`;
}
