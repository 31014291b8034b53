import type { PimOrigin } from '../../functions/pim/pim-url.ts';
import { ConnectionError } from '../errors/connection-error.ts';

/**
 * The URL of a path in a PIM. The token is about to be sent there, so whatever could name another host is refused before
 * and after parsing: absolute and `//host` URLs, backslashes (which parsers take for slashes), blanks and control
 * characters (which they drop), and dots that climb out of a PIM that lives below a path.
 *
 * @throws {ConnectionError} `path_not_of_pim`. The path is not quoted: its query is the caller's.
 */
export function urlInPim(pim: PimOrigin, path: string): URL {
  if (!isPath(path)) throw notOfPim(pim);
  const root = pim.at('/');
  const url = pim.at(path);
  if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) throw notOfPim(pim);
  return url;
}

function isPath(path: string): path is `/${string}` {
  return path.startsWith('/') && !path.startsWith('//') && !/[\s\p{Cc}\\]/u.test(path);
}

function notOfPim(pim: PimOrigin): ConnectionError {
  const next = 'Pass a path that starts with one slash, such as /api/rest/v1/products?limit=100.';
  const address = pim.toString();
  const message = `The path does not lead into ${address}; nothing was sent. ${next}`;
  return new ConnectionError('path_not_of_pim', message, { pim: address });
}
