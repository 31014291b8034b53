import { HEALTHS, type Health } from '../../functions/health/health.ts';
import type { SweepSummary } from '../../functions/health/tally.ts';
import type { Visit } from '../../functions/health/visit.ts';
import { PROGRAM } from '../program-name.ts';
import type { Colours } from '../terminal/colours.ts';
import { plain } from '../terminal/plain.ts';
import { table } from '../terminal/table.ts';
import type { Checked } from './check-connections.ts';

/** What each finding means, and what to do about it. */
const MEANINGS: Readonly<Record<Health, string>> = {
  connected: 'the token works',
  disconnected: 'a user of the PIM has disconnected the App; connect it again, or forget the PIM',
  replaced: 'the PIM has a newer token; open the App once from that PIM',
  forbidden: 'the token works, but the App’s role in the PIM is too small; ask its administrator',
  unreachable: 'no answer in time, or the PIM is in trouble; check again later',
  'not-a-pim': 'something else answers at this address; ask the PIM’s administrator',
};

/** A check for programs: the counts, and the connections that are in trouble. */
export function checkedJson({ summary, troubles }: Checked) {
  return { ...summary, troubles };
}

/** A check for people: a line for each connection in trouble, then the counts. */
export function checkedText({ summary, troubles }: Checked, paint: Colours): string {
  const lines = troubles.map((visit) => `${paint.red('✗')} ${plain(troubleText(visit))}\n`);
  return `${lines.join('')}${countsText(summary)}`;
}

function troubleText(visit: Visit): string {
  const { pim, clientId } = visit;
  return `${pim}  (client id ${clientId})  ${findingText(visit)}`;
}

function findingText(visit: Visit): string {
  switch (visit.kind) {
    case 'died':
      return `${visit.health}, for the second time: marked so`;
    case 'visited':
      return visit.health;
    case 'failed':
      return `could not be checked: ${visit.problem}`;
    case 'superseded':
      return 'was opened in this moment';
  }
}

const FAILED =
  'this check is not able to read or record them; it needs kms:Decrypt and dynamodb:UpdateItem';

const NOTHING = `There is no live connection to check. All there are: ${PROGRAM} connections list\n`;

function countsText({ byHealth, superseded, failed }: SweepSummary): string {
  const counts = [
    ...HEALTHS.map((health) => [health, byHealth[health], MEANINGS[health]] as const),
    ['superseded', superseded, 'opened or changed while their PIM was asked'] as const,
    ['failed', failed, FAILED] as const,
  ].filter(([, count]) => count > 0);
  if (counts.length === 0) return NOTHING;
  const rows = counts.map(([name, count, meaning]) => [name, String(count), meaning]);
  return table(['HEALTH', 'COUNT', 'MEANING'], rows);
}
