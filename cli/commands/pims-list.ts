import { Command } from 'commander';
import type { PimRow } from '../../functions/tables/pims.ts';
import { PROGRAM } from '../operator-error.ts';
import { pimJson, sortedByPim } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import { collect, progress } from '../terminal/progress.ts';
import { table, timeText } from '../terminal/text.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims list
  npm run --silent app -- pims list --json | jq -r '.[].pim'
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
  const counter = progress('PIMs', session.io, session.now);
  const rows = sortedByPim(await collect(session.pims.list(), counter));
  const json = rows.map((row) => pimJson(row, session.stack));
  session.report(json, rows.length > 0 ? table(HEADINGS, rows.map(cells)) : EMPTY);
}

const EMPTY = `No PIM is listed yet, so nobody can connect. Add the first: ${PROGRAM} pims add <url>\n`;

function cells({ pim, label = '-', clientId, scopes, updatedAt }: PimRow): string[] {
  return [pim, label, clientId, String(scopes.length), timeText(updatedAt)];
}
