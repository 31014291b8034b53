import { Command, Option } from 'commander';
import { missingScopes } from '../../functions/pim/scopes.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { appUrlArgument, pimArgument } from '../command-line.ts';
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
import { checkSharing, SHARE_CLIENT_ID, type SharingFlags } from '../pims/policy.ts';
import { listedPim } from '../pims/registrations.ts';
import {
  ALLOW_UNKNOWN_SCOPES,
  parseAppUrl,
  parseLabel,
  requestedScopes,
} from '../pims/settings.ts';
import { pimJson, pimText } from '../pims/view.ts';
import type { DefineCommand, Session } from '../session.ts';

/** `false` takes a value away. */
interface Flags extends SharingFlags {
  readonly clientId?: string;
  readonly scopes?: string;
  readonly appUrl?: string | false;
  readonly label?: string | false;
  readonly allowUnknownScopes?: boolean;
}

const AFTER_HELP = `
Examples:
  ${PROGRAM} pims update https://pim.example.com --scopes "read_products read_categories"
      the full new list; users see the new scopes when they next open the App, and sooner
      after: ${PROGRAM} connections notify-scopes
  ${PROGRAM} pims update https://pim.example.com --app-url https://app.example.com/welcome
  ${PROGRAM} pims update https://pim.example.com --client-id 2f6c…
      after the App was deleted and registered again; asks for its secret, or takes it
      from ${CLIENT_SECRET_VARIABLE}

A new client id that other PIMs have is taken only if Akeneo operates all of them (the domain
akeneo.com and all below it), or with ${SHARE_CLIENT_ID}
The help of "pims add" says why.

Fewer scopes take rights away from a connected App, silently, as soon as somebody who
manages Apps opens it.
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
    .option('--app-url <url>', 'where users go after connecting', appUrlArgument)
    .option('--no-app-url', 'show them the page of success instead')
    .option('--label <text>', 'a name for people, shown in lists', parseLabel)
    .option('--no-label', 'remove the name')
    .option(ALLOW_UNKNOWN_SCOPES, 'take scopes that this version does not know')
    .addOption(new Option(SHARE_CLIENT_ID).hideHelp())
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
  const { clientId, scopes, appUrl, label } = flags;
  if ([clientId, scopes, appUrl, label].every((value) => value === undefined))
    throw usageError(
      'There is nothing to change.',
      'Give at least one of --scopes, --client-id, --app-url, --no-app-url, --label, --no-label.',
    );
  if (scopes !== undefined) requestedScopes(scopes, flags);
}

/** The secret of a new client id is stored before the row that needs it; the old one is released after. */
async function update(url: string, flags: Flags, session: Session): Promise<void> {
  const before = await listedPim(url, session);
  const after = changedPim(before, flags, session);
  const changesClient = after.clientId !== before.clientId;
  if (changesClient) await checkSharing(after, flags, session);
  const stored = changesClient ? await provideSecret(after.clientId, session) : undefined;
  if (!(await session.pims.replace(before, after))) throw changedMeanwhile(before.pim);
  warnOfLostScopes(before, after, session);
  const secrets = stored && (await secretsOf(before, after, stored, session));
  session.report(
    { ...pimJson(after), ...secrets?.json },
    `${after.pim} is updated; running functions notice it within a minute.\n${pimText(after)}${secrets?.text ?? ''}`,
  );
}

/**
 * The row with the changes that the options ask for.
 *
 * @throws {OperatorError} for an option that this stack does not take.
 */
function changedPim(before: PimRow, flags: Flags, { stack, now }: Session): PimRow {
  const { clientId = before.clientId, scopes } = flags;
  const appUrl = changed(before.appUrl, flags.appUrl, (url) => parseAppUrl(url, stack.stage));
  const label = changed(before.label, flags.label);
  return {
    pim: before.pim,
    clientId,
    scopes: scopes === undefined ? before.scopes : requestedScopes(scopes, flags),
    addedAt: before.addedAt,
    updatedAt: now(),
    ...(appUrl !== undefined && { appUrl }),
    ...(label !== undefined && { label }),
  };
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

function changedMeanwhile(pim: string): Error {
  return failure(
    `${pim} was changed or removed by somebody else in this moment; nothing was written.`,
    `Look at it and try again: ${PROGRAM} pims show ${asArgument(pim)}`,
  );
}
