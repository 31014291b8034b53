import type { PimUrlPolicy } from '../../functions/pim/pim-url.ts';
import { parseAppUrl } from '../pims/app-url.ts';
import { onePim } from '../pims/one-pim.ts';
import { parsePimKey } from '../pims/pim-key.ts';

/**
 * Parsers for Commander, which calls them before anybody has to sign in to AWS. Whether an address may be plain http
 * depends on the stack, so each lets through what some stack takes, as it was typed; the command checks it again.
 */

/** The addresses of PIMs that the least strict stack accepts. */
export const ANY_STACK: PimUrlPolicy = { dangerouslyAllowHttpOnLoopback: true };

/** A PIM's address or a suffix. @throws {OperatorError} for what no stack takes. */
export function pimArgument(raw: string): string {
  parsePimKey(raw, ANY_STACK);
  return raw;
}

/** The address of one PIM. @throws {OperatorError} for what no stack takes, and for a suffix. */
export function onePimArgument(raw: string): string {
  onePim(raw, { pimUrlPolicy: ANY_STACK });
  return raw;
}

/** An App URL. @throws {OperatorError} for what no stack takes. */
export function appUrlArgument(raw: string): string {
  parseAppUrl(raw, 'development');
  return raw;
}
