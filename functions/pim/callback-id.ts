import { createHash } from 'node:crypto';
import type { PimUrl } from './pim-url.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const BITS = 128n;
/** Characters of an id: five bits each. */
export const CALLBACK_ID_LENGTH = Math.ceil(Number(BITS) / 5);

/**
 * The last part of a PIM's own callback URL, `/callback/<id>`: 128 bits of SHA-256 of the PIM's address in lower-case
 * base32. A code that another PIM obtained arrives at another URL: this is the distinct redirect URI of RFC 9700. The id
 * is no secret. It is computed once, when the PIM is registered, and stored: the
 * URL cannot be edited in a PIM, so the id outlives a move of the PIM to another address.
 *
 * @param attempt makes another id of the same address, for when a PIM that was there before took the first one along.
 * @see {@link https://www.rfc-editor.org/rfc/rfc9700#section-4.4.2.2 RFC 9700, section 4.4.2.2}
 */
export function callbackIdOf(pim: PimUrl, attempt = 0): string {
  // No address holds a `#`.
  const text = attempt === 0 ? pim.toString() : `${pim.toString()}#${attempt}`;
  const digest = createHash('sha256').update(text).digest('hex');
  const bits = BigInt(`0x${digest}`) >> (256n - BITS);
  const padded = bits << (5n * BigInt(CALLBACK_ID_LENGTH) - BITS);
  return Array.from({ length: CALLBACK_ID_LENGTH }, (_, index) => {
    const shift = 5n * BigInt(CALLBACK_ID_LENGTH - 1 - index);
    return BASE32[Number((padded >> shift) & 31n)];
  }).join('');
}

/** The callback URL to register in a PIM. @param id absent for the plain URL, which the PIMs of an App Store App share. */
export function callbackUrlWith(callbackUrl: string, id: string | undefined): string {
  return id === undefined ? callbackUrl : `${callbackUrl}/${id}`;
}
