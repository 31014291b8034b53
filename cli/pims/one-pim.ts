import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { failure, usageError } from '../operator-error.ts';
import { PROGRAM } from '../program-name.ts';
import type { Session } from '../session.ts';
import { parsePimKey } from './pim-key.ts';

/**
 * The one PIM that a command about connections names: a suffix stands for many, and never connects itself.
 *
 * @throws {OperatorError} for a suffix, or what is no PIM's address.
 */
export function onePim(raw: string, { pimUrlPolicy }: Pick<Session, 'pimUrlPolicy'>): PimUrl {
  const key = parsePimKey(raw, pimUrlPolicy);
  if (key.kind === 'exact') return key.pim;
  throw usageError(
    `"${key.text}" is not one PIM.`,
    `Name a PIM; all that connected are shown by: ${PROGRAM} connections list`,
  );
}

/** The named PIM, or that client id in it, has no connection. */
export function notConnected(pim: PimUrl, clientId?: string): Error {
  const address = pim.toString();
  return failure(
    `${address} has not connected${clientId === undefined ? '' : ` with client id ${clientId}`}.`,
    `Open the App from that PIM: Connect > App Store > Connect. Whether it is listed: ${PROGRAM} pims show ${address}`,
  );
}
