import {
  CALLBACK_ID_LENGTH,
  callbackIdOf,
  callbackUrlWith,
} from '../../functions/pim/callback-id.ts';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { asArgument, PROGRAM, usageError } from '../operator-error.ts';
import type { Session } from '../session.ts';
import type { Stack } from '../stack.ts';
import type { PimTable } from '../stores/pim-table.ts';
import { collectAll } from '../terminal/progress.ts';
import { details } from '../terminal/text.ts';

/** The two URLs that are registered in a PIM, exactly as they are. */
export interface RegisteredUrls {
  readonly activateUrl: string;
  readonly callbackUrl: string;
}

/** The URLs of a row. @param row without an id, it has the plain callback URL. */
export function urlsOf(
  { callbackId }: Pick<PimRow, 'callbackId'>,
  { activateUrl, callbackUrl }: Pick<Stack, 'activateUrl' | 'callbackUrl'>,
): RegisteredUrls {
  return { activateUrl, callbackUrl: callbackUrlWith(callbackUrl, callbackId) };
}

/**
 * The id that a PIM gets when it is listed: that of its address, unless another PIM, which had the address before it
 * moved, has taken that id along.
 */
export async function newCallbackId(pim: PimUrl, pims: PimTable): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const id = callbackIdOf(pim, attempt);
    const users = await collectAll(pims.keysWith('callbackId', id));
    if (users.every((user) => user === pim.toString())) return id;
  }
}

/** Five bits for each character. @see functions/pim/callback-id.ts */
const CALLBACK_ID = new RegExp(`^[a-z2-7]{${CALLBACK_ID_LENGTH}}$`);

/**
 * The id in a callback URL that is registered in the PIM already, because it was listed before, here or in another
 * region; `undefined` for the plain URL.
 *
 * @throws {OperatorError} unless this stack serves the URL, and to no other PIM.
 */
export async function registeredCallbackId(
  raw: string,
  pim: string,
  { pims, stack: { callbackUrl } }: Pick<Session, 'pims' | 'stack'>,
): Promise<string | undefined> {
  if (raw === callbackUrl) return undefined;
  const id = raw.startsWith(`${callbackUrl}/`) ? raw.slice(callbackUrl.length + 1) : '';
  if (!CALLBACK_ID.test(id))
    throw usageError(
      'That is no callback URL of this stack.',
      `Give ${callbackUrl}/<id>, with the id that "pims list --json" has shown for the PIM, or ${callbackUrl}`,
    );
  const others = (await collectAll(pims.keysWith('callbackId', id))).filter((key) => key !== pim);
  if (others.length === 0) return id;
  throw usageError(
    `That is the callback URL of ${others.join(', ')}, and two PIMs must not have one.`,
    `If the PIM has got another address: ${PROGRAM} pims move ${others.map(asArgument).join(' ')} ${asArgument(pim)}`,
  );
}

/** The URLs for people, a line each. */
export function urlsText({ activateUrl, callbackUrl }: RegisteredUrls): string {
  return details([
    ['Activate URL', activateUrl],
    ['Callback URL', callbackUrl],
  ]);
}
