import { OUTCOMES, type Outcome } from '../functions/activation/outcomes/index.ts';
import { CAUSE_ALARMS } from '../infra/monitoring/cause-alarms.ts';
import { SERVICE_ALARMS } from './service-alarms.ts';

const INTRODUCTION = `# Runbook

<!-- Made from the outcome table by \`npm run docs\`; a test fails when the two differ. -->

Every request to the App ends in exactly one of these outcomes. The code is on the page, in the JSON answer, in the
\`message\` of the log line and in the \`Outcome\` dimension of the metric \`Requests\`; the request ID on the page is
the \`requestId\` of the log line. To see one request, in CloudWatch Logs Insights:

\`\`\`
filter requestId = "…" | fields @timestamp, message, pim, attempt, pimStatus, dependency, errorName
\`\`\`

The name of an alarm begins with the name of the stack, for instance \`AkeneoAppActivation-${CAUSE_ALARMS.pim.name}\`; below it is
left out.
`;

/** The runbook as Markdown: one heading a code, in the order of the table, then the alarms of the services. */
export function runbook(): string {
  const sections = Object.entries(OUTCOMES).map(([code, outcome]) => section(code, outcome));
  return [INTRODUCTION, ...sections, SERVICE_ALARMS].join('\n');
}

function section(code: string, outcome: Outcome): string {
  const alarm = outcome.cause ? ` · alarm \`${CAUSE_ALARMS[outcome.cause].name}\`` : '';
  return `## ${code}

HTTP ${outcome.status}${alarm}

**What happened:** ${outcome.meaning}

**The PIM user reads:** “${outcome.title}” ${outcome.next}

**The operator:** ${outcome.operator}
`;
}
