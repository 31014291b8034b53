import type { AppType, PimRow } from '../../functions/tables/pims.ts';
import { type OperatorError, usageError } from '../operator-error.ts';
import type { Session } from '../session.ts';
import type { Registration } from '../stores/pim-table.ts';
import { collectAll } from '../terminal/progress.ts';
import { type PimKey, suffixDomain } from './pim-key.ts';

/** The long name makes it hard to pass by habit, and easy to find in a shell history. */
export const ALLOW_SUFFIX = '--dangerously-allow-suffix';

/** What the operator has explicitly allowed. */
export interface SuffixFlags {
  readonly dangerouslyAllowSuffix?: boolean;
}

/**
 * Refuses a suffix that the operator did not mean. Challenges made with the client secret, and authorization codes, go
 * to every listed PIM, so whoever gets a name below the domain can pretend to be one. No domain is an exception: those
 * of Akeneo also carry what its customers run.
 *
 * @throws {OperatorError} for a suffix without its flag.
 */
export function checkSuffix(key: PimKey, flags: SuffixFlags): void {
  if (key.kind === 'exact' || flags.dangerouslyAllowSuffix) return;
  throw usageError(
    `"${key.text}" lets every PIM below that domain start a connection, and whoever gets a name below it could pretend to be one.`,
    `List each PIM by its own address: pims add https://<name>.${key.domain}. If you really want them all, repeat the command with ${ALLOW_SUFFIX}`,
  );
}

/** Says that several PIMs share a client id. */
export const APP_STORE = '--app-store';

/** What it means when PIMs share a client id. */
export const SHARING_RISK =
  'PIMs that share a client id are trusted with each other’s tokens: whoever operates one of them could get those of the others, by sending its users on to them.';

/** What the operator has said of a client id. */
export interface AppTypeFlags extends SuffixFlags {
  /** `false`: it is one PIM's alone. */
  readonly appStore?: boolean;
}

/** What kind of App a row is of, and which other rows of its client id have to say the same from now on. */
export interface AppTypeDecision {
  readonly appType: AppType;
  readonly toMark: readonly string[];
}

/**
 * Decides what kind of App a row is of. PIMs share a client id only when the operator has said so, by a flag now or
 * before: nobody who hosts PIMs vouches for all of them.
 *
 * @throws {OperatorError} when the row would share a client id, and nobody has said so.
 * @see SECURITY.md, "Mix-up by a listed PIM"
 */
export async function decideAppType(
  { pim, clientId }: Pick<PimRow, 'pim' | 'clientId'>,
  { appStore, dangerouslyAllowSuffix }: AppTypeFlags,
  { pims }: Pick<Session, 'pims'>,
): Promise<AppTypeDecision> {
  const ofClient = await collectAll(pims.registrationsOfClient(clientId));
  const others = ofClient.filter((other) => other.pim !== pim);
  if (appStore === false) {
    refuseShared({ pim, clientId }, others);
    return { appType: 'custom', toMark: [] };
  }
  const isSuffix = suffixDomain(pim) !== undefined;
  if (appStore || (isSuffix && dangerouslyAllowSuffix) || others.some(isOfAppStoreApp))
    return { appType: 'app_store', toMark: unmarked(others) };
  if (others.length > 0) throw sharedClientId(clientId, others);
  return { appType: isSuffix ? 'app_store' : 'custom', toMark: [] };
}

function isOfAppStoreApp({ appType }: Registration): boolean {
  return appType === 'app_store';
}

function unmarked(rows: readonly Registration[]): readonly string[] {
  return rows.filter((row) => !isOfAppStoreApp(row)).map(({ pim }) => pim);
}

function refuseShared(
  { pim, clientId }: Pick<PimRow, 'pim' | 'clientId'>,
  others: readonly Registration[],
): void {
  if (suffixDomain(pim) !== undefined)
    throw usageError(
      `"${pim}" stands for several PIMs, which share its client id.`,
      'List each PIM by its own address and with the credentials of its own custom App.',
    );
  if (others.length > 0)
    throw usageError(
      `Client id ${clientId} is shared with ${namesOf(others)}.`,
      'Create a custom App in this PIM and name its client id in the same command: --client-id <id>',
    );
}

function sharedClientId(clientId: string, others: readonly Registration[]): OperatorError {
  return usageError(
    `Client id ${clientId} is that of ${namesOf(others)} already. ${SHARING_RISK}`,
    `Create a custom App in this PIM, which has credentials of its own, and list the PIM with those. If it is an App Store App, whose client id several PIMs share, repeat the command with ${APP_STORE}`,
  );
}

function namesOf(rows: readonly Registration[]): string {
  return rows
    .map(({ pim }) => pim)
    .toSorted()
    .join(', ');
}

/**
 * Lets the other rows of a client id say that it is an App Store App's, before the row that shares it is written. Each
 * loses its own callback URL, since such an App has one for all PIMs.
 */
export async function markShared(
  { toMark }: AppTypeDecision,
  clientId: string,
  { pims, now }: Pick<Session, 'pims' | 'now'>,
): Promise<void> {
  for (const pim of toMark) await pims.markAppStore(pim, clientId, now());
}

/**
 * Looks once more, after the row of a custom App was written, for other rows of its client id. Two operators who write
 * at the same moment have not seen each other's row before; whoever writes last does now.
 *
 * @returns the problem, or `undefined`.
 */
export async function sharedMeanwhile(
  { pim, clientId, appType }: PimRow,
  { pims }: Pick<Session, 'pims'>,
): Promise<OperatorError | undefined> {
  if (appType !== 'custom') return undefined;
  const ofClient = await collectAll(pims.registrationsOfClient(clientId));
  const others = ofClient.filter((other) => other.pim !== pim);
  return others.length > 0 ? sharedClientId(clientId, others) : undefined;
}

/** What became of the other rows, as a sentence with its line end; nothing if there were none. */
export function markedText({ toMark }: AppTypeDecision, callbackUrl: string): string {
  if (toMark.length === 0) return '';
  return `Listed as PIMs of an App Store App from now on, too: ${toMark.toSorted().join(', ')}. Their callback URL is ${callbackUrl}.\n`;
}
