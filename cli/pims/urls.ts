import { callbackIdOf, callbackUrlWith } from '../../functions/pim/callback-id.ts';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
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

/** The URLs for people, a line each. */
export function urlsText({ activateUrl, callbackUrl }: RegisteredUrls): string {
  return details([
    ['Activate URL', activateUrl],
    ['Callback URL', callbackUrl],
  ]);
}
