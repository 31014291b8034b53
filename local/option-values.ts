import { InvalidArgumentError } from 'commander';
import { parseUrl } from '../functions/pim/parse-url.ts';
import { PimUrl } from '../functions/pim/pim-url.ts';
import {
  formatScope,
  MAX_SCOPE_LENGTH,
  parseScope,
  type ScopeSet,
} from '../functions/pim/scopes.ts';
import { LOCAL_PIM_URL_POLICY } from './local-app.ts';

/** @throws {InvalidArgumentError} for anything but a whole number from 0 to 65535. */
export function readPort(value: string): number {
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65535) return port;
  throw new InvalidArgumentError('It has to be a number from 0 (any free port) to 65535.');
}

/** @throws {InvalidArgumentError} for an address that the local App refuses, with the reason. */
export function readPim(value: string): PimUrl {
  const parsed = PimUrl.parse(value, LOCAL_PIM_URL_POLICY);
  if (parsed.ok) return parsed.pim;
  throw new InvalidArgumentError(
    `It has to be the PIM's address, such as https://my.cloud.akeneo.com (${parsed.problem}).`,
  );
}

/**
 * Reads scopes that are separated by blanks. A PIM reports none of these mistakes: it accepts an empty list, and
 * drops a list with commas as one unknown scope.
 *
 * @throws {InvalidArgumentError} for an empty list, one with commas, and one that is too long for a PIM.
 */
export function readScopes(value: string): ScopeSet {
  const scopes = parseScope(value);
  if (scopes.length === 0) throw new InvalidArgumentError('An App needs at least one scope.');
  if (value.includes(',')) throw new InvalidArgumentError('Scopes are separated by blanks.');
  if (formatScope(scopes).length > MAX_SCOPE_LENGTH)
    throw new InvalidArgumentError(`A PIM takes at most ${MAX_SCOPE_LENGTH} characters.`);
  return scopes;
}

/** @throws {InvalidArgumentError} for anything but an absolute http or https URL. */
export function readAppUrl(value: string): string {
  const url = parseUrl(value);
  if (url && /^https?:$/.test(url.protocol)) return url.href;
  throw new InvalidArgumentError('It has to be an absolute http or https URL.');
}
