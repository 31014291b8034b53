import { Command, Option } from 'commander';
import {
  CLIENT_ID_VARIABLE,
  CLIENT_SECRET_VARIABLE,
  readClientSecret,
} from '../client-credentials.ts';
import { knownScopesText } from '../known-scopes.ts';
import { type PimFlags, readSettings } from '../new-pim.ts';
import { nextSteps } from '../next-steps.ts';
import { failure } from '../operator-error.ts';
import { parsePimKey } from '../pim-key.ts';
import { pimJson, pimText } from '../pim-view.ts';
import { asArgument, PROGRAM } from '../program-name.ts';
import { ALLOW_UNKNOWN_SCOPES } from '../requested-scopes.ts';
import type { Session } from '../session.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { ALLOW_FOREIGN_SUFFIX, checkSuffix, type SuffixFlags } from '../suffix-policy.ts';
import type { OperatorCommand } from './operator-command.ts';

type Flags = PimFlags & SuffixFlags;

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

Client id and secret come from the PIM, when the App is registered there with the two URLs
that "${PROGRAM} doctor" prints.

${knownScopesText()}
`;

/** Lists a PIM: its secret goes to Secrets Manager, everything else to the Pims table. */
export const pimsAdd: OperatorCommand = {
  group: 'pims',
  define: (open) =>
    new Command('add')
      .summary('list a PIM, with the credentials of the App there')
      .description('Lists a PIM, so that its users can connect the App.')
      .argument('<url>', 'address of the PIM, or a suffix such as "*.cloud.akeneo.com"')
      .option('--scopes <scopes>', 'all scopes that the App needs, with blanks between them')
      .option('--client-id <id>', 'client id of the App in this PIM')
      .option('--app-url <url>', 'where users go after connecting (default: a page of success)')
      .option('--label <text>', 'a name for people, shown in lists')
      .option(ALLOW_UNKNOWN_SCOPES, 'take scopes that this version does not know')
      .option('--allow-suffix', 'take a suffix: every PIM below an Akeneo domain')
      .addOption(new Option(ALLOW_FOREIGN_SUFFIX).hideHelp())
      .addHelpText('after', AFTER_HELP)
      .action(async (url: string, flags: Flags, command: Command) =>
        add(url, flags, await open(command)),
      ),
};

/** The secret is stored before the row, so that a listed PIM always has one. */
async function add(url: string, flags: Flags, session: Session): Promise<void> {
  const { io, pims, vault, now } = session;
  const key = parsePimKey(url, session.pimUrlPolicy);
  checkSuffix(key, flags);
  if (await pims.find(key.text)) throw alreadyListed(key.text);
  const settings = await readSettings(flags, session);
  const secret = await readClientSecret(settings.clientId, io);
  const row: PimRow = { pim: key.text, ...settings, addedAt: now(), updatedAt: now() };
  const stored = await vault.put(settings.clientId, secret);
  if (!(await pims.add(row))) throw alreadyListed(key.text);
  const secretName = vault.nameOf(settings.clientId);
  session.report(
    { ...pimJson(row), secret: { name: secretName, stored }, ...urls(session) },
    `${row.pim} is listed.\n${pimText(row, `${stored} in Secrets Manager as ${secretName}`)}${nextSteps(row, session.stack)}`,
  );
}

function urls({ stack: { activateUrl, callbackUrl } }: Session) {
  return { activateUrl, callbackUrl };
}

function alreadyListed(pim: string): Error {
  return failure(
    `${pim} is listed already; nothing was changed in the table.`,
    `Change it with: ${PROGRAM} pims update ${asArgument(pim)}. A new secret: ${PROGRAM} pims rotate-secret ${asArgument(pim)}`,
  );
}
