import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import { missingScopes } from '../../functions/pim/scopes.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import {
  addressArgument,
  LOGIN_URL_OPTION,
  pimArgument,
  REDIRECT_URL_OPTION,
} from '../command-line.ts';
import { asArgument, failure, PROGRAM, usageError } from '../operator-error.ts';
import {
  type Provided,
  pimsOfClient,
  provideSecret,
  releaseSecret,
  releaseText,
  secretUse,
  secretUseText,
} from '../pims/client-secrets.ts';
import { CLIENT_SECRET_VARIABLE, checkedClientId } from '../pims/credentials.ts';
import { checkLogins, type LoginFlags, loginUrls, warnWithoutLogins } from '../pims/logins.ts';
import { parsePimKey } from '../pims/pim-key.ts';
import {
  APP_STORE,
  type AppTypeDecision,
  type AppTypeFlags,
  decideAppType,
  markedText,
  markShared,
  SHARING_RISK,
  sharedMeanwhile,
} from '../pims/policy.ts';
import { listedPim } from '../pims/registrations.ts';
import {
  ALLOW_UNKNOWN_SCOPES,
  checkTenant,
  parseAppUrl,
  parseLabel,
  parseTenant,
  requestedScopes,
} from '../pims/settings.ts';
import { newCallbackId } from '../pims/urls.ts';
import { pimJson, pimText } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';

/** `false` takes a value away. */
interface Flags extends AppTypeFlags, LoginFlags {
  readonly clientId?: string;
  readonly scopes?: string;
  readonly appUrl?: string | false;
  readonly tenant?: string | false;
  readonly label?: string | false;
  readonly allowUnknownScopes?: boolean;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims update https://a.example --scopes "read_products openid"
      the full new list; users see the new scopes when they next open the App,
      and sooner after: ${PROGRAM} connections notify-scopes
  ${PROGRAM} pims update https://a.example --app-url https://app.example
  ${PROGRAM} pims update https://a.example --client-id 2f6c…
      after the App was deleted and registered again; asks for its secret, or
      takes it from ${CLIENT_SECRET_VARIABLE}

  ${PROGRAM} pims update https://a.example --client-id 2f6c… --no-app-store
      an own custom App in place of the App Store App: the PIM gets a callback
      URL of its own, which "${PROGRAM} urls https://a.example" prints
      before

The callback URL stays as it is, because it cannot be edited in a PIM. A client
id that other PIMs have needs ${APP_STORE}, once; all its PIMs then use the plain
callback URL. The help of "pims add" says what that risks.

Fewer scopes take rights away from a connected App, silently, as soon as
somebody who manages Apps opens it.
`;

/** Changes a row of the allow-list. */
export const pimsUpdate: DefineCommand = (open) =>
  new Command('update')
    .summary('change what is listed for a PIM')
    .description('Changes what is listed for a PIM. What is not named stays as it is.')
    .argument('<url>', 'address of the PIM, or its suffix', pimArgument)
    .option('--scopes <scopes>', 'the full new list of scopes, with blanks between them')
    .option(
      '--client-id <id>',
      'new client id; its secret is asked for unless it is stored',
      checkedClientId,
    )
    .option('--app-url <url>', 'where users go after connecting', addressArgument('--app-url'))
    .option('--no-app-url', 'show them the page of success instead')
    .addOption(LOGIN_URL_OPTION)
    .addOption(REDIRECT_URL_OPTION)
    .option('--no-login-url', 'the App logs nobody in: remove both')
    .option('--tenant <name>', 'what {tenant} in the App URL stands for', parseTenant)
    .option('--no-tenant', 'remove it')
    .option('--label <text>', 'a name for people, shown in lists', parseLabel)
    .option('--no-label', 'remove the name')
    .option(ALLOW_UNKNOWN_SCOPES, 'take scopes that this version does not know')
    .option(APP_STORE, 'several PIMs share the client id: that of an App Store App')
    .option('--no-app-store', 'the client id is this PIM’s alone: give it an own callback URL')
    .addHelpText('after', AFTER_HELP)
    .action(async (url: string, flags: Flags, command: Command) => {
      checkChanges(flags);
      await update(url, flags, await open(command));
    });

/**
 * Checks what depends on several options, but not on the stack.
 *
 * @throws {OperatorError} for scopes that cannot be requested, or no change at all.
 */
function checkChanges(flags: Flags): void {
  const { clientId, scopes, appUrl, tenant, loginUrl, redirectUrl, label, appStore } = flags;
  const changes = [clientId, scopes, appUrl, tenant, loginUrl, redirectUrl, label, appStore];
  if (changes.every((value) => value === undefined))
    throw usageError(
      'There is nothing to change.',
      'Give at least one of --scopes, --client-id, --app-url, --no-app-url, --tenant, --no-tenant, --login-url, --redirect-url, --no-login-url, --label, --no-label, --app-store, --no-app-store.',
    );
  if (scopes !== undefined) requestedScopes(scopes, flags);
}

/** The secret of a new client id is stored before the row that needs it; the old one is released after. */
async function update(url: string, flags: Flags, session: Session): Promise<void> {
  const { pims, stack } = session;
  const before = await listedPim(url, session);
  const asked = changedPim(before, flags, session);
  const changesClient = asked.clientId !== before.clientId;
  const isDecided = changesClient || flags.appStore !== undefined;
  const decision = isDecided ? await decideAppType(asked, flags, session) : undefined;
  const after = decision ? await asDecided(asked, decision, flags, session) : asked;
  const stored = changesClient ? await provideSecret(after, session) : undefined;
  if (decision) await markShared(decision, after.clientId, session);
  if (!(await pims.replace(before, after)))
    throw changedMeanwhile(before.pim, decision ? markedText(decision, stack.callbackUrl) : '');
  const shared = changesClient ? await sharedMeanwhile(after, session) : undefined;
  if (shared) {
    await pims.replace(after, before);
    throw shared;
  }
  if (flags.appStore) session.warn(SHARING_RISK);
  warnOfLostScopes(before, after, session);
  if (flags.loginUrl) warnWithoutLogins(after, session);
  const secrets = stored && (await secretsOf(before, after, stored, session));
  const marked = decision && { alsoAppStore: decision.toMark };
  session.report(
    { ...pimJson(after, stack), ...marked, ...secrets?.json },
    `${after.pim} is updated; running functions notice it within a minute.\n${pimText(after, stack)}${decision ? markedText(decision, stack.callbackUrl) : ''}${secrets?.text ?? ''}`,
  );
}

/**
 * The row with the changes that the options ask for, but for the kind of its App.
 *
 * @throws {OperatorError} for an option that this stack does not take.
 */
function changedPim(before: PimRow, flags: Flags, { stack, now }: Session): PimRow {
  const { appUrl: oldAppUrl, tenant: oldTenant, label: oldLabel, ...others } = before;
  const { loginUrl, redirectUrl, ...kept } = others;
  const oldLogins = {
    ...(loginUrl !== undefined && { loginUrl }),
    ...(redirectUrl !== undefined && { redirectUrl }),
  };
  const { clientId = before.clientId, scopes } = flags;
  const appUrl = changed(oldAppUrl, flags.appUrl, (url) => parseAppUrl(url, stack.stage));
  const tenant = changed(oldTenant, flags.tenant);
  const label = changed(oldLabel, flags.label);
  const after: PimRow = {
    // Rows of earlier versions have none.
    tenantId: randomUUID(),
    ...kept,
    clientId,
    ...loginUrls(oldLogins, flags, stack.stage),
    scopes: scopes === undefined ? before.scopes : requestedScopes(scopes, flags),
    updatedAt: now(),
    ...(appUrl !== undefined && { appUrl }),
    ...(tenant !== undefined && { tenant }),
    ...(label !== undefined && { label }),
  };
  checkLogins(after);
  checkTenant(after);
  return after;
}

/**
 * The row as one of the App that was decided. A PIM of an App Store App has no callback URL of its own; any other keeps
 * the one that it has, and gets one only by `--no-app-store`.
 */
async function asDecided(
  row: PimRow,
  { appType }: AppTypeDecision,
  flags: Flags,
  { pims, pimUrlPolicy }: Session,
): Promise<PimRow> {
  const { callbackId, ...rest } = row;
  if (appType === 'app_store') return { ...rest, appType };
  const key = parsePimKey(row.pim, pimUrlPolicy);
  const needsId = callbackId === undefined && flags.appStore === false && key.kind === 'exact';
  const id = needsId ? await newCallbackId(key.pim, pims) : callbackId;
  return { ...rest, appType, ...(id !== undefined && { callbackId: id }) };
}

function changed(
  before: string | undefined,
  flag: string | false | undefined,
  parse: (raw: string) => string = (raw) => raw,
): string | undefined {
  if (flag === undefined) return before;
  return flag === false ? undefined : parse(flag);
}

/** What became of the two secrets after a change of the client id. */
async function secretsOf(
  before: PimRow,
  after: PimRow,
  stored: Provided,
  session: Session,
): Promise<{ readonly json: object; readonly text: string }> {
  const { clientId } = before;
  const use = await secretUse(after.clientId, stored, session);
  const others = await pimsOfClient(clientId, session.pims);
  const release = await releaseSecret(clientId, others, session.clientSecrets);
  return {
    json: { ...use, previousClient: { clientId, ...release } },
    text: `${secretUseText(after, use)}\n${releaseText(clientId, release)}\n`,
  };
}

/**
 * Warns of the rights that a connected App loses. Implied ones do not count: from `write_products` to `read_products`,
 * only `write_products` is lost.
 */
function warnOfLostScopes(before: PimRow, after: PimRow, session: Session): void {
  const lost = missingScopes(before.scopes, after.scopes);
  if (lost.length === 0) return;
  session.warn(
    `connected Apps lose ${lost.join(', ')} as soon as somebody who manages Apps opens the App. To undo: ${PROGRAM} pims update ${asArgument(before.pim)} --scopes "${before.scopes.join(' ')}"`,
  );
}

/** @param done what was changed all the same. */
function changedMeanwhile(pim: string, done: string): Error {
  return failure(
    `${pim} was changed or removed by somebody else in this moment; its row was not written.${done === '' ? '' : ` ${done.trimEnd()}`}`,
    `Look at it and try again: ${PROGRAM} pims show ${asArgument(pim)}`,
  );
}
