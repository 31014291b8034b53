import { Command } from 'commander';
import type { PimRow } from '../../functions/tables/pims.ts';
import { CALLED } from '../../terminal/called.ts';
import { pimArgument } from '../command-line.ts';
import { asArgument, PROGRAM } from '../operator-error.ts';
import { type PimKey, parsePimKey } from '../pims/pim-key.ts';
import { coveringRows } from '../pims/registrations.ts';
import { newCallbackId, type RegisteredUrls, urlsOf, urlsText } from '../pims/urls.ts';
import type { DefineCommand, Session } from '../session.ts';

const AFTER_HELP = `
Examples:
  ${PROGRAM} urls https://pim.example.com
  ${CALLED.appQuietly} urls https://pim.example.com --json

Register the App in the PIM with exactly these URLs. It hands out client id and
secret only then, so the command also works for a PIM that is not listed yet.
The URLs of a PIM stay as they are when it moves to another address, since they
cannot be edited there; only --app-store and --no-app-store of "pims update"
change them.
`;

/** Prints the two URLs to register in a PIM. */
export const urls: DefineCommand = (open) =>
  new Command('urls')
    .summary('print the two URLs to register in a PIM')
    .description('Prints the Activate and Callback URLs to register in a PIM, listed or not.')
    .argument('<pim>', 'address of the PIM, or its suffix', pimArgument)
    .addHelpText('after', AFTER_HELP)
    .action(async (pim: string, _flags: unknown, command: Command) =>
      printUrls(pim, await open(command)),
    );

async function printUrls(raw: string, session: Session): Promise<void> {
  const { stack, pimUrlPolicy } = session;
  const key = parsePimKey(raw, pimUrlPolicy);
  const row = await rowOf(key, session);
  const own = urlsOf(key.kind === 'exact' ? await idOf(key, row, session) : {}, stack);
  const shown = row ? urlsOf(row, stack) : own;
  session.report(shown, `${urlsText(shown)}${noteOf(key, row, own, session)}`);
}

/** The row that counts for a PIM: its own, else that of a suffix. */
async function rowOf(key: PimKey, { pims }: Session): Promise<PimRow | undefined> {
  if (key.kind === 'suffix') return pims.find(key.text);
  const [row] = await coveringRows(key.pim, (text) => pims.find(text));
  return row;
}

/** The id that the PIM has, or would get. */
async function idOf(
  { pim }: PimKey & { readonly kind: 'exact' },
  row: PimRow | undefined,
  { pims }: Session,
): Promise<{ readonly callbackId: string }> {
  return { callbackId: row?.callbackId ?? (await newCallbackId(pim, pims)) };
}

/** What else may be right. */
function noteOf(
  key: PimKey,
  row: PimRow | undefined,
  own: RegisteredUrls,
  { stack }: Session,
): string {
  const pim = asArgument(key.text);
  if (!row && key.kind === 'exact')
    return `Not listed yet. Once they are registered: ${PROGRAM} pims add ${pim}
An App Store App, whose PIMs share it, has the plain callback URL instead: ${stack.callbackUrl}
`;
  if (!row) return `Not listed yet. The PIMs of an App Store App share these URLs.\n`;
  if (row.callbackId !== undefined || key.kind === 'suffix') return '';
  if (row.pim !== key.text)
    return `Listed by ${row.pim}, whose PIMs share these URLs. For a custom App of this PIM alone, register ${own.callbackUrl} instead, then: ${PROGRAM} pims add ${pim}\n`;
  return `Listed with the plain callback URL. For a custom App of this PIM alone, register ${own.callbackUrl} instead, then: ${PROGRAM} pims update ${pim} --client-id <id> --no-app-store
`;
}
