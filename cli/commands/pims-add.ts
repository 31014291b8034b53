import { Command, Option } from 'commander';
import { knownScopesText } from '../../functions/pim/scope-catalogue.ts';
import type { ScopeSet } from '../../functions/pim/scopes.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { ANY_STACK, appUrlArgument, pimArgument } from '../command-line.ts';
import { asArgument, failure, PROGRAM, usageError } from '../operator-error.ts';
import { provideSecret, secretUse, secretUseText } from '../pims/client-secrets.ts';
import {
  CLIENT_ID_VARIABLE,
  CLIENT_SECRET_VARIABLE,
  checkedClientId,
  readClientId,
} from '../pims/credentials.ts';
import { parsePimKey } from '../pims/pim-key.ts';
import {
  ALLOW_FOREIGN_SUFFIX,
  checkSharing,
  checkSuffix,
  SHARE_CLIENT_ID,
  type SharingFlags,
  type SuffixFlags,
} from '../pims/policy.ts';
import {
  ALLOW_UNKNOWN_SCOPES,
  parseAppUrl,
  parseLabel,
  requestedScopes,
  scopesProblem,
} from '../pims/settings.ts';
import { pimJson, pimText } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import type { Stack } from '../stack.ts';
import type { Io } from '../terminal/io.ts';

interface Flags extends SuffixFlags, SharingFlags {
  readonly clientId?: string;
  readonly scopes?: string;
  readonly appUrl?: string;
  readonly label?: string;
  readonly allowUnknownScopes?: boolean;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims add https://pim.example.com --scopes "read_products write_products"
      asks for the client id and, without echo, for the client secret

  read -rs ${CLIENT_SECRET_VARIABLE} && export ${CLIENT_SECRET_VARIABLE}
  ${PROGRAM} pims add https://pim.example.com --client-id 2f6c… --scopes "read_products"
      asks nothing; ${CLIENT_ID_VARIABLE} works like --client-id

  ${PROGRAM} pims add "*.cloud.akeneo.com" --allow-suffix --scopes "read_products openid"
      an App Store app, for every PIM that Akeneo hosts; a suffix of any other domain needs
      ${ALLOW_FOREIGN_SUFFIX}

A second PIM of an App Store app has the same client id. Its secret is stored already, so it is
not asked for but kept; one in ${CLIENT_SECRET_VARIABLE} replaces it, for all PIMs of that client id.

PIMs share a client id only if Akeneo operates all of them (the domain akeneo.com and all below
it; a development stack takes PIMs on localhost too). Another one could get the tokens of the
rest, by sending its users on to them: create a custom App there, with credentials of its own.
If you trust its operators with those tokens, add ${SHARE_CLIENT_ID}

Client id and secret come from the PIM, when the App is registered there with the two URLs
that "${PROGRAM} doctor" prints.

${knownScopesText()}
`;

/** Lists a PIM: its secret goes to Secrets Manager, everything else to the Pims table. */
export const pimsAdd: DefineCommand = (open) =>
  new Command('add')
    .summary('list a PIM, with the credentials of the App there')
    .description('Lists a PIM, so that its users can connect the App.')
    .argument('<url>', 'address of the PIM, or a suffix such as "*.cloud.akeneo.com"', pimArgument)
    .option('--scopes <scopes>', 'all scopes that the App needs, with blanks between them')
    .option('--client-id <id>', 'client id of the App in this PIM', checkedClientId)
    .option(
      '--app-url <url>',
      'where users go after connecting (default: a page of success)',
      appUrlArgument,
    )
    .option('--label <text>', 'a name for people, shown in lists', parseLabel)
    .option(ALLOW_UNKNOWN_SCOPES, 'take scopes that this version does not know')
    .option('--allow-suffix', 'take a suffix: every PIM below an Akeneo domain')
    .addOption(new Option(ALLOW_FOREIGN_SUFFIX).hideHelp())
    .addOption(new Option(SHARE_CLIENT_ID).hideHelp())
    .addHelpText('after', AFTER_HELP)
    .action(async (url: string, flags: Flags, command: Command) => {
      checkTogether(url, flags);
      await add(url, flags, await open(command));
    });

/** Checks what depends on several arguments, but not on the stack. */
function checkTogether(url: string, flags: Flags): void {
  checkSuffix(parsePimKey(url, ANY_STACK), flags);
  if (flags.scopes !== undefined) requestedScopes(flags.scopes, flags);
}

/** The secret is stored before the row, so that a listed PIM always has one. */
async function add(url: string, flags: Flags, session: Session): Promise<void> {
  const { pims, now, stack } = session;
  const { text: pim } = parsePimKey(url, session.pimUrlPolicy);
  if (await pims.find(pim)) throw alreadyListed(pim);
  const settings = await readSettings(flags, session);
  const row: PimRow = { pim, ...settings, addedAt: now(), updatedAt: now() };
  await checkSharing(row, flags, session);
  const stored = await provideSecret(row.clientId, session);
  if (!(await pims.add(row))) throw alreadyListed(pim);
  const use = await secretUse(row.clientId, stored, session);
  session.report(
    { ...pimJson(row), ...use, activateUrl: stack.activateUrl, callbackUrl: stack.callbackUrl },
    `${pim} is listed.\n${pimText(row, `in Secrets Manager as ${use.secret.name}`)}${secretUseText(row, use)}\n${nextSteps(row, stack)}`,
  );
}

function alreadyListed(pim: string): Error {
  return failure(
    `${pim} is listed already; nothing was changed in the table.`,
    `Change it with: ${PROGRAM} pims update ${asArgument(pim)}. A new secret: ${PROGRAM} pims rotate-secret ${asArgument(pim)}`,
  );
}

/**
 * Reads the settings of a new PIM from the options, and asks for those that are missing. All options are checked before
 * the first question, so that nobody types a secret only to learn that a scope was misspelt.
 *
 * @throws {OperatorError} for an unusable option, or a missing one when nobody can be asked.
 */
async function readSettings(
  flags: Flags,
  { io, stack }: Session,
): Promise<Omit<PimRow, 'pim' | 'addedAt' | 'updatedAt'>> {
  const optional = {
    ...(flags.appUrl !== undefined && { appUrl: parseAppUrl(flags.appUrl, stack.stage) }),
    ...(flags.label !== undefined && { label: flags.label }),
  };
  const given = flags.scopes === undefined ? undefined : requestedScopes(flags.scopes, flags);
  const clientId = await readClientId(flags.clientId, io);
  return { clientId, scopes: given ?? (await askForScopes(flags, io)), ...optional };
}

async function askForScopes(flags: Flags, io: Io): Promise<ScopeSet> {
  if (!io.isInteractive)
    throw usageError(
      'The scopes are missing, and there is no terminal to ask for them.',
      'Name all that the App needs: --scopes "read_products write_products"',
    );
  const typed = await io.prompts.text(
    'Scopes that the App needs, with blanks between them (such as: read_products read_categories)',
    (answer) => scopesProblem(answer, flags),
  );
  return requestedScopes(typed, flags);
}

function nextSteps({ pim }: PimRow, stack: Stack): string {
  const where = pim.startsWith('*') ? 'Akeneo’s App Store' : 'the PIM';
  return `
Next:
  1. The App must be registered in ${where} with exactly these URLs:
       Activate URL  ${stack.activateUrl}
       Callback URL  ${stack.callbackUrl}
  2. Open the App from the PIM: Connect > App Store > your App > Connect.
  3. See that it worked: ${PROGRAM} connections list
     If it did not:      ${PROGRAM} doctor
`;
}
