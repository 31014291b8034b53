import { Command } from 'commander';
import type { PimRow } from '../../functions/tables/pims.ts';
import { CALLED } from '../../terminal/called.ts';
import { PROGRAM } from '../operator-error.ts';
import { pimJson } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import { listRows } from '../terminal/listing.ts';
import { timeText } from '../terminal/text.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims list
  ${CALLED.appQuietly} pims list --json | jq -r '.[].pim'

PIMs are sorted; more than 1,000 come by the thousand, each sorted by itself.
`;

const HEADINGS = ['PIM', 'LABEL', 'CLIENT ID', 'SCOPES', 'UPDATED'];

/** Prints the allow-list. */
export const pimsList: DefineCommand = (open) =>
  new Command('list')
    .summary('show which PIMs may connect')
    .description('Shows the allow-list: every PIM and every suffix that may connect.')
    .addHelpText('after', AFTER_HELP)
    .action(async (_flags: unknown, command: Command) => list(await open(command)));

async function list(session: Session): Promise<void> {
  const json = (row: PimRow) => pimJson(row, session.stack);
  const view = { subject: 'PIMs', headings: HEADINGS, cells, json };
  const count = await listRows(session.pims.list(), view, session);
  if (count === 0 && !session.isJson) session.io.stdout.write(EMPTY);
}

const EMPTY = `No PIM is listed yet, so nobody can connect. Add the first: ${PROGRAM} pims add <url>\n`;

function cells({ pim, label = '-', clientId, scopes, updatedAt }: PimRow): string[] {
  return [pim, label, clientId, String(scopes.length), timeText(updatedAt)];
}
