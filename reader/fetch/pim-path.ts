import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { ConnectionError } from '../errors/connection-error.ts';

/**
 * A dot segment that parsers of URLs leave alone, but not a front end that decodes slashes (`..%2f`), as some do
 * before they choose a tenant, or that drops what follows a semicolon (`..;`), as servlet containers do.
 */
const HIDDEN_DOTS = /(\/|%2f|%5c)(\.|%2e){1,2}(\/|%2f|%5c|;|%3b|$)/i;

/**
 * The URL of a path in a PIM. The token is about to be sent there, so whatever could name another host is refused before
 * and after parsing: absolute and `//host` URLs, backslashes (which parsers take for slashes), blanks and control
 * characters (which they drop), and dots that climb out of a PIM that lives below a path, now or once somebody decodes
 * them.
 *
 * @throws {ConnectionError} `path_not_of_pim`. The path is not quoted: its query is the caller's.
 */
export function urlInPim(pim: PimUrl, path: string): URL {
  if (!isPath(path)) throw notOfPim(pim);
  const root = pim.at('/');
  const url = pim.at(path);
  const leavesPim = url.origin !== root.origin || !url.pathname.startsWith(root.pathname);
  if (leavesPim || HIDDEN_DOTS.test(url.pathname)) throw notOfPim(pim);
  return url;
}

function isPath(path: string): path is `/${string}` {
  return path.startsWith('/') && !path.startsWith('//') && !/[\s\p{Cc}\\]/u.test(path);
}

function notOfPim(pim: PimUrl): ConnectionError {
  const next = 'Pass a path that starts with one slash, such as /api/rest/v1/products?limit=100.';
  const address = pim.toString();
  const message = `The path does not lead into ${address}; nothing was sent. ${next}`;
  return new ConnectionError('path_not_of_pim', message, { pim: address });
}
