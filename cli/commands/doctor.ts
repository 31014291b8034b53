import { Command } from 'commander';
import { examine } from '../doctor/examine.ts';
import { type DoctorFinding, findingJson, findingText } from '../doctor/finding.ts';
import { probe } from '../doctor/probe.ts';
import { failure } from '../operator-error.ts';
import { PROGRAM } from '../program-name.ts';
import type { GlobalFlags, Session } from '../session.ts';
import { colours } from '../terminal/colours.ts';
import type { OperatorCommand } from './operator-command.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} doctor
  npm run --silent app -- doctor --json | jq '.[] | select(.ok | not)'

It changes nothing but this: one flow is started and left to expire, and one refused PIM and one
refused callback show in the log and the metrics. PIMs are asked from this machine, so a firewall
may treat the functions differently. Exit status 1 when anything is red.
`;

/** Checks a deployment from the outside, line by line. */
export const doctor: OperatorCommand = {
  define: (open) =>
    new Command('doctor')
      .summary('print the URLs to register, and check the deployment')
      .description(
        'Prints the Activate and Callback URLs to register in the PIM, then checks the deployment, each listed PIM and each secret.',
      )
      .addHelpText('after', AFTER_HELP)
      .action(async (_flags: unknown, command: Command) => {
        const session = await open(command);
        await diagnose(session, command.optsWithGlobals<GlobalFlags>().json === true);
      }),
};

/** For people, each line comes as soon as it is known; for programs, the list comes whole. */
async function diagnose(session: Session, json: boolean): Promise<void> {
  const paint = colours(session.io.stdout, session.io.env);
  const findings: DoctorFinding[] = [];
  for await (const finding of examine(session, probe)) {
    findings.push(finding);
    if (!json) session.io.stdout.write(findingText(finding, paint));
  }
  const ill = findings.filter(({ ok }) => !ok).length;
  session.report(findings.map(findingJson), ill === 0 ? ALL_WELL : '\n');
  if (ill > 0) throw notWell(ill, findings.length);
}

const ALL_WELL = '\nAll is well.\n';

function notWell(ill: number, all: number): Error {
  return failure(
    `${ill} of ${all} checks failed.`,
    `Do what the lines marked ✗ say, then run again: ${PROGRAM} doctor`,
  );
}
