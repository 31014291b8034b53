import { suffixDomain } from '../pims/pim-key.ts';
import { sortedByPim } from '../pims/sorted-by-pim.ts';
import type { Session } from '../session.ts';
import { collect, progress } from '../terminal/progress.ts';
import { checkCallback } from './check-callback.ts';
import { checkListed } from './check-listed.ts';
import { checkPim } from './check-pim.ts';
import { checkSecret, oneRowPerClient } from './check-secret.ts';
import { checkThrottling } from './check-throttling.ts';
import { checkUnlisted } from './check-unlisted.ts';
import { checkUrls } from './check-urls.ts';
import type { DoctorFinding } from './finding.ts';
import { inBatches } from './in-batches.ts';
import type { Probe } from './probe.ts';

/**
 * Runs every check, one after the other: first what everything else needs, the single PIMs last. Each finding is
 * yielded as soon as it is there.
 *
 * @throws when AWS itself cannot be asked, since every later line would only repeat that.
 */
export async function* examine(session: Session, probe: Probe): AsyncGenerator<DoctorFinding> {
  const { stack, pims, vault, clients, pimUrlPolicy: policy } = session;
  yield* checkUrls(stack);
  yield* await checkUnlisted(stack, probe);
  yield* await checkCallback(stack, probe);
  const counter = progress('PIMs', session.io, session.now);
  const rows = sortedByPim(await collect(pims.list(), counter));
  yield* await checkListed(rows, { stack, policy }, probe);
  yield await checkThrottling(clients.cloudFormation, stack.name);
  const exact = rows.filter(({ pim }) => suffixDomain(pim) === undefined);
  yield* inBatches(exact, (row) => checkPim(row, policy, probe));
  yield* inBatches(oneRowPerClient(rows), (row) => checkSecret(row, vault));
}
