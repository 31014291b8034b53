import { isMalformed } from '../../functions/pim/malformed.ts';
import {
  PimUrl,
  type PimUrlPolicy,
  type PimUrlProblem,
  registrationKeys,
} from '../../functions/pim/pim-url.ts';
import { plain } from '../../terminal/printable.ts';
import { asArgument, failure, PROGRAM, usageError } from '../operator-error.ts';
import type { Session } from '../session.ts';

/** The key of a row of the allow-list: what the row stands for. */
export type PimKey =
  | { readonly kind: 'exact'; readonly text: string; readonly pim: PimUrl }
  /** `*.` and a domain: every PIM below it. */
  | { readonly kind: 'suffix'; readonly text: string; readonly domain: string };

/**
 * Reads a PIM's address or a suffix such as `*.cloud.akeneo.com` as the activate function will look it up: same
 * parser, same spelling.
 *
 * @throws {OperatorError} that says what is wrong with it.
 */
export function parsePimKey(raw: string, policy: PimUrlPolicy): PimKey {
  const suffix = /^(?:https:\/\/)?\*\.([^/]+)\/?$/i.exec(raw)?.[1];
  if (suffix !== undefined) return suffixKey(suffix, policy);
  const parsed = PimUrl.parse(raw, policy);
  if (isMalformed(parsed)) throw refused(parsed.problem, raw);
  return { kind: 'exact', text: parsed.toString(), pim: parsed };
}

/** The domain of a row that is a suffix; `undefined` for the row of one PIM. */
export function suffixDomain(text: string): string | undefined {
  return text.startsWith('*.') ? text.slice('*.'.length) : undefined;
}

/** The first label of a host name that no PIM has. */
const PROBE = 'activation-probe.';

/** A made-up address that a suffix covers; `undefined` when the domain cannot be one. */
export function pimBelow(domain: string, policy: PimUrlPolicy): PimUrl | undefined {
  const parsed = PimUrl.parse(`https://${PROBE}${domain}`, policy);
  return isMalformed(parsed) ? undefined : parsed;
}

/** Asks the look-up of the activate function which suffixes it tries, so that no row is one that it never finds. */
function suffixKey(raw: string, policy: PimUrlPolicy): PimKey {
  const pim = raw.includes('*') ? undefined : pimBelow(raw, policy);
  const domain = pim?.hostname.slice(PROBE.length) ?? '';
  const text = `*.${domain}`;
  if (!pim || !registrationKeys(pim).includes(text)) throw notASuffix(raw);
  return { kind: 'suffix', text, domain };
}

function notASuffix(raw: string): Error {
  return usageError(
    `"*.${plain(raw)}" is not a suffix that can be listed.`,
    'A suffix is "*." and a domain of at least two labels, without port or path: "*.cloud.akeneo.com".',
  );
}

function refused(problem: PimUrlProblem, raw: string): Error {
  const isStar = problem === 'host' && raw.includes('*');
  return isStar ? misplacedStar() : usageError(...explain(problem, raw));
}

function misplacedStar(): Error {
  return usageError(
    'A star stands for whole domains only, at the start.',
    'List one PIM (https://pim.example.com) or a suffix ("*.cloud.akeneo.com").',
  );
}

const ADVICE: Readonly<Record<PimUrlProblem, string>> = {
  'too-long': 'It is longer than 2,048 characters.',
  'forbidden-character': 'It holds blanks, backslashes or control characters.',
  'not-a-url': 'It is not a web address: it must start with https://',
  'not-https':
    'It must start with https:// (http only for a PIM on this machine, and a development stack).',
  credentials: 'It must not hold a user name or password.',
  'query-or-fragment': 'It must not hold "?" or "#".',
  host: 'Its host name is not complete, or longer than host names can be.',
};

/** The address is not quoted when it may hold a password. */
function explain(problem: PimUrlProblem, raw: string): [message: string, next: string] {
  const shown = problem === 'credentials' || raw.includes('@') ? 'This address' : `"${plain(raw)}"`;
  return [
    `${shown} cannot be a PIM's address. ${ADVICE[problem]}`,
    'Copy the address from the PIM user’s browser, up to the host: https://pim.example.com',
  ];
}

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

/** The failure for a PIM, or a client id in it, that has no connection. */
export function notConnected(pim: PimUrl, clientId?: string): Error {
  const address = pim.toString();
  return failure(
    `${address} has not connected${clientId === undefined ? '' : ` with client id ${clientId}`}.`,
    `Open the App from that PIM: Connect > App Store > Connect. Whether it is listed: ${PROGRAM} pims show ${asArgument(address)}`,
  );
}
