import { Command } from 'commander';
import { CALLED } from '../../terminal/called.ts';
import { checkConcurrency, concurrencyUnknown, readConcurrency } from '../concurrency.ts';
import { checkPimUrls, checkThrottling, checkUrls } from '../doctor/deployment.ts';
import { checkPim, checkSecret, oneRowPerClient } from '../doctor/listed-pims.ts';
import { checkCallback, checkUnlisted } from '../doctor/pages.ts';
import { checkListed } from '../doctor/redirect.ts';
import { type Finding, tellFindings } from '../finding.ts';
import { PROGRAM } from '../operator-error.ts';
import { suffixDomain } from '../pims/pim-key.ts';
import { sortedByPim } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import { collect, progress } from '../terminal/progress.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} doctor
  ${CALLED.appQuietly} doctor --json | jq '.[] | select(.ok | not)'

It changes nothing but this: one flow is started and left to expire, and one
refused PIM and five refused callbacks show in the log and the metrics. PIMs are
asked from this machine, so a firewall may treat the functions differently. Exit
status 1 when anything is red.
`;

/** Checks a deployment from the outside, line by line. */
export const doctor: DefineCommand = (open) =>
  new Command('doctor')
    .summary('check the deployment, and print the URLs of each listed PIM')
    .description(
      'Checks the deployment, each listed PIM and each secret, and prints the Activate and Callback URLs that have to be registered in each PIM.',
    )
    .addHelpText('after', AFTER_HELP)
    .action(async (_flags: unknown, command: Command) => diagnose(await open(command)));

/** For people, each line comes as soon as it is known; for programs, the list comes whole. */
function diagnose(session: Session): Promise<void> {
  const closing = { command: `${PROGRAM} doctor`, allWell: '\nAll is well.\n' };
  return tellFindings(findingsOf(session), session, () => closing);
}

/**
 * Runs every check, one after the other: first what everything else needs, the single PIMs last. It yields each finding
 * as soon as it is there.
 *
 * @throws when AWS itself cannot be asked, since every later line would only repeat that.
 */
async function* findingsOf(session: Session): AsyncGenerator<Finding> {
  const { stack, pims, clientSecrets, clients, pimUrlPolicy: policy } = session;
  yield* checkUrls(stack);
  yield* await checkUnlisted(stack);
  yield* await checkCallback(stack);
  const counter = progress('PIMs', session.io, session.now);
  const rows = sortedByPim(await collect(pims.list(), counter));
  yield* await checkListed(rows, stack, policy);
  yield await checkThrottling(clients.cloudFormation, stack.name);
  yield await readConcurrency(clients.lambda).then(checkConcurrency, concurrencyUnknown);
  for (const row of rows) yield checkPimUrls(row, rows, stack);
  const exact = rows.filter(({ pim }) => suffixDomain(pim) === undefined);
  yield* inBatches(exact, (row) => checkPim(row, policy));
  yield* inBatches(oneRowPerClient(rows), (row) => checkSecret(row, clientSecrets));
}

/** How many PIMs are asked at once: fast enough for hundreds of PIMs, and a small load. */
const BATCH_SIZE = 8;

/** Runs a check on each row, a few at a time, and yields the results in the order of the rows. */
async function* inBatches<Row, Result>(
  rows: readonly Row[],
  check: (row: Row) => Promise<Result>,
): AsyncGenerator<Result> {
  for (let start = 0; start < rows.length; start += BATCH_SIZE)
    yield* await Promise.all(rows.slice(start, start + BATCH_SIZE).map(check));
}
