import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { knownScopesText } from '../../functions/pim/scope-catalogue.ts';
import type { ScopeSet } from '../../functions/pim/scopes.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import {
  ANY_STACK,
  addressArgument,
  LOGIN_URL_OPTION,
  pimArgument,
  REDIRECT_URL_OPTION,
} from '../command-line.ts';
import { asArgument, failure, PROGRAM, usageError } from '../operator-error.ts';
import { provideSecret, secretUse, secretUseText } from '../pims/client-secrets.ts';
import {
  CLIENT_ID_VARIABLE,
  CLIENT_SECRET_VARIABLE,
  checkedClientId,
  readClientId,
} from '../pims/credentials.ts';
import {
  checkLogins,
  type LoginFlags,
  loginUrls,
  parseTenantId,
  tenantIdProblem,
  warnWithoutLogins,
} from '../pims/logins.ts';
import { type PimKey, parsePimKey } from '../pims/pim-key.ts';
import {
  ALLOW_SUFFIX,
  APP_STORE,
  type AppTypeFlags,
  checkSuffix,
  decideAppType,
  markedText,
  markShared,
  SHARING_RISK,
  sharedMeanwhile,
} from '../pims/policy.ts';
import {
  ALLOW_UNKNOWN_SCOPES,
  checkTenant,
  parseAppUrl,
  parseLabel,
  parseTenant,
  requestedScopes,
  scopesProblem,
} from '../pims/settings.ts';
import {
  newCallbackId,
  type RegisteredUrls,
  registeredCallbackId,
  urlsOf,
  urlsText,
} from '../pims/urls.ts';
import { pimJson, pimText } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';
import { type Io, tellBeforeQuestions } from '../terminal/io.ts';

interface Flags extends AppTypeFlags, LoginFlags {
  readonly clientId?: string;
  readonly scopes?: string;
  readonly appUrl?: string;
  readonly tenant?: string;
  readonly label?: string;
  readonly callbackUrl?: string;
  readonly tenantId?: string;
  readonly allowUnknownScopes?: boolean;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims add https://pim.example --scopes "read_products"
      prints the two URLs to register in the PIM, which then shows client id and
      secret; asks for the client id and, without echo, for the client secret

  ${PROGRAM} urls https://pim.example
  ${PROGRAM} pims add https://pim.example --client-id 2f6c… --scopes openid
      asks nothing when ${CLIENT_SECRET_VARIABLE} is set; ${CLIENT_ID_VARIABLE}
      works like --client-id

  ${PROGRAM} pims add https://pim.example ${APP_STORE} --scopes openid
      a PIM of an App Store App

Each PIM has a callback URL of its own, so that no other PIM can pass its codes
off as its own. It cannot be edited in the PIM. So for a PIM that was listed
before, and has moved since, give the URL that is registered there:
--callback-url <url>. If the App logs people in, they keep their ids by the
tenant id that "pims list --json" has shown: --tenant-id <id>.

The PIMs of an App Store App share one client id, one secret and the plain
callback URL. Say so once for a client id, by ${APP_STORE}; without it, a second
PIM with the same client id is refused. The risk: whoever operates one of those
PIMs could get the tokens of the others, by sending its users on to them. The
secret is stored already, so it is not asked for but kept; one in
${CLIENT_SECRET_VARIABLE} replaces it, for all PIMs of that client id.

List each PIM by its own address. A suffix such as "*.cloud.akeneo.com" lists
every PIM below a domain, and with it whoever gets a name there: it needs
${ALLOW_SUFFIX} and counts as ${APP_STORE}.

A PIM has one row. A second App in the same PIM needs a second stack: --stack
<name>.

${knownScopesText()}
`;

/** Lists a PIM: its secret goes to the Clients table, encrypted, everything else to the Pims table. */
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
      addressArgument('--app-url'),
    )
    .addOption(LOGIN_URL_OPTION)
    .addOption(REDIRECT_URL_OPTION)
    .option('--tenant <name>', 'what {tenant} in the App URL stands for', parseTenant)
    .option('--label <text>', 'a name for people, shown in lists', parseLabel)
    .option(ALLOW_UNKNOWN_SCOPES, 'take scopes that this version does not know')
    .option('--callback-url <url>', 'the one that is registered already, if not that of "urls"')
    .option('--tenant-id <id>', 'the one in logins, for a PIM listed before', parseTenantId)
    .option(APP_STORE, 'several PIMs share this client id: that of an App Store App')
    .option(ALLOW_SUFFIX, 'take a suffix: every PIM below a domain, whoever runs it')
    .addHelpText('after', AFTER_HELP)
    .action(async (url: string, flags: Flags, command: Command) => {
      checkTogether(url, flags);
      await add(url, flags, await open(command));
    });

/** For a custom App that was registered with the URL of an App Store App. */
const PLAIN_URL_RISK =
  'PIMs with the plain callback URL can obtain each other’s codes. Create the custom App anew in this PIM, with the URL that "urls" prints, as soon as you can.';

/** Checks what depends on several arguments, but not on the stack. */
function checkTogether(url: string, flags: Flags): void {
  checkSuffix(parsePimKey(url, ANY_STACK), flags);
  const scopes = flags.scopes === undefined ? undefined : requestedScopes(flags.scopes, flags);
  checkLogins({ ...loginUrls({}, flags, 'development'), ...(scopes && { scopes }) });
}

/** The secret is stored, and the other rows of the client id are marked, before the row that needs both. */
async function add(url: string, flags: Flags, session: Session): Promise<void> {
  const { pims, stack } = session;
  const key = parsePimKey(url, session.pimUrlPolicy);
  if (await pims.find(key.text)) throw alreadyListed(key.text);
  const { row, decision, io } = await readRow(key, flags, session);
  const stored = await provideSecret(row, { ...session, io });
  await markShared(decision, row.clientId, session);
  if (!(await pims.add(row))) throw alreadyListed(row.pim, markedText(decision, stack.callbackUrl));
  await takeBackIfShared(row, flags, session);
  if (flags.appStore || key.kind === 'suffix') session.warn(SHARING_RISK);
  else if (row.callbackId === undefined) session.warn(PLAIN_URL_RISK);
  warnWithoutLogins(row, session);
  const use = await secretUse(row.clientId, stored, session);
  const urls = urlsOf(row, stack);
  session.report(
    { ...pimJson(row, stack), ...use, ...urls, alsoAppStore: decision.toMark },
    `${row.pim} is listed.\n${pimText(row, stack)}${secretUseText(row, use)}\n${markedText(decision, stack.callbackUrl)}${nextSteps(row, urls)}`,
  );
}

/** Somebody else may have written a row with the same client id or tenant id at the same moment: then this one goes. */
async function takeBackIfShared(row: PimRow, { tenantId }: Flags, session: Session) {
  const problem =
    (await sharedMeanwhile(row, session)) ?? (await tenantIdProblem(tenantId, row.pim, session));
  if (!problem) return;
  await session.pims.removeUnchanged(row);
  throw problem;
}

/** @param done what was changed all the same. */
function alreadyListed(pim: string, done = ''): Error {
  const argument = asArgument(pim);
  return failure(
    `${pim} is listed already; its row was not changed.${done === '' ? '' : ` ${done.trimEnd()}`}`,
    `Change it with: ${PROGRAM} pims update ${argument}. A new secret: ${PROGRAM} pims rotate-secret ${argument}. A second App in this PIM needs a second stack. List the PIM there: ${PROGRAM} --stack <name> pims add ${argument}`,
  );
}

/**
 * Reads the row of a new PIM from the options, and asks for what is missing. A PIM hands out credentials only once the
 * two URLs are registered, so they are printed before the first question. All options are checked before it, so that
 * nobody types a secret only to learn that a scope was misspelt.
 *
 * @throws {OperatorError} for an unusable option, or a missing one when nobody can be asked.
 */
async function readRow(key: PimKey, flags: Flags, session: Session) {
  const { stack, now } = session;
  const optional = {
    ...(flags.appUrl !== undefined && { appUrl: parseAppUrl(flags.appUrl, stack.stage) }),
    ...loginUrls({}, flags, stack.stage),
    ...(flags.tenant !== undefined && { tenant: flags.tenant }),
    ...(flags.label !== undefined && { label: flags.label }),
    tenantId: flags.tenantId ?? randomUUID(),
  };
  checkTenant(optional);
  const given = flags.scopes === undefined ? undefined : requestedScopes(flags.scopes, flags);
  const problem = await tenantIdProblem(flags.tenantId, key.text, session);
  if (problem) throw problem;
  const own = await ownUrl(key, flags, session);
  let urls = urlsOf(flags.appStore ? {} : own, stack);
  const io = tellBeforeQuestions(session.io, () => registerFirst(key.text, urls, stack));
  const clientId = await readClientId(flags.clientId, io);
  const decision = await decideAppType({ pim: key.text, clientId }, flags, session);
  const { appType } = decision;
  if (appType === 'app_store' && flags.callbackUrl !== undefined && own.callbackId)
    throw plainOnly(stack);
  const app = { appType, ...(appType === 'custom' && own) };
  urls = urlsOf(app, stack);
  const scopes = given ?? (await askForScopes(flags, io));
  checkLogins({ ...optional, scopes });
  const times = { addedAt: now(), updatedAt: now() };
  const row: PimRow = { pim: key.text, clientId, ...app, scopes, ...optional, ...times };
  return { row, decision, io };
}

/** What makes the callback URL the PIM's own; nothing for the plain one. */
async function ownUrl(
  key: PimKey,
  { callbackUrl }: Flags,
  session: Session,
): Promise<Pick<PimRow, 'callbackId'>> {
  if (callbackUrl === undefined)
    return key.kind === 'exact' ? { callbackId: await newCallbackId(key.pim, session.pims) } : {};
  const callbackId = await registeredCallbackId(callbackUrl, key.text, session);
  return callbackId === undefined ? {} : { callbackId };
}

function plainOnly({ callbackUrl }: Session['stack']): Error {
  return usageError(
    'The PIMs of an App Store App have no callback URL of their own.',
    `Register ${callbackUrl} for the App, and leave out --callback-url.`,
  );
}

function registerFirst(
  pim: string,
  urls: RegisteredUrls,
  { callbackUrl }: Session['stack'],
): string {
  const isOwn = urls.callbackUrl !== callbackUrl;
  return `Register the App in ${whereOf(pim)} with exactly these URLs, if it is not yet:
${urlsText(urls)}It then shows the client id and the secret.${isOwn ? ` (For an App Store App, stop and add ${APP_STORE}.)` : ''}
`;
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

function nextSteps({ pim }: PimRow, { activateUrl, callbackUrl }: RegisteredUrls): string {
  return `
Next:
  1. The App must be registered in ${whereOf(pim)} with exactly these URLs:
       Activate URL  ${activateUrl}
       Callback URL  ${callbackUrl}
  2. Open the App from the PIM: Connect > App Store > your App > Connect.
  3. See that it worked: ${PROGRAM} connections list
     If it did not:      ${PROGRAM} doctor
`;
}

function whereOf(pim: string): string {
  return pim.startsWith('*') ? 'Akeneo’s App Store' : 'the PIM';
}
