import { IDENTITY_PROBLEM_TEXTS } from '../functions/activation/identity.ts';
import { OPERATOR_NOTES, OUTCOMES, type OutcomeCode } from '../functions/activation/outcomes.ts';
import type { PageCode } from '../functions/pages/language.ts';
import english from '../functions/pages/languages/en.ts';
import type { MissingPart } from '../functions/pages/write-answer.ts';
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

In a checkout, \`npm run app --\` stands for \`npx akeneo-app\`.
`;

const FAILED_CONNECTIONS = `# Failed connections

When no connection to a PIM comes about, or it breaks, \`connectionFailure\` in the log line has one of these words. \`npx akeneo-app doctor\` tries a connection from your machine and says the same.
`;

const UNVERIFIED_IDENTITIES = `# Unverified identities

When an opening of the App is \`identity_unverified\`, \`identityProblem\` in the log line has one of these words. One such line after a PIM has changed its key is no reason to act.
`;

const INCOMPLETE_PAGES = `# Incomplete pages

A line \`page_part_missing\` in the log of an endpoint: a file beside the function could not be read, or what is in it failed. The user has got an answer all the same, and their request has its own outcome, in a line with the same \`requestId\`. What the answer had to do without is \`part\`:
`;

const MISSING_PARTS: Readonly<Record<MissingPart['part'], string>> = {
  page: 'everything but the result code, the request ID and the way back to the PIM.',
  language: 'the language named in `language`. The page was in English.',
  branding: 'name, logo, colour and links of the App. `failureUrl` is among them.',
};

const INCOMPLETE_PAGES_NEXT = `
Deploy again from a clean checkout; the files are named in [decision 34](decisions/34-loaded-by-need.md). If such lines go on, \`errorName\` and \`frames\` say where it fails: report them.
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
  const parts = Object.entries(MISSING_PARTS).map(([part, text]) => `- **\`${part}\`**: ${text}`);
  const sections = [
    ...outcomes,
    ...failed,
    ...unverified,
    INCOMPLETE_PAGES,
    ...parts,
    INCOMPLETE_PAGES_NEXT,
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
