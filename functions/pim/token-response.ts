import { AccessToken } from './credentials.ts';
import { parseJsonObject } from './json-object.ts';
import type { Answered, TransientFailure } from './pim-answer.ts';
import { parseScope, type ScopeSet } from './scopes.ts';

/** What a token request came to. */
export type TokenOutcome =
  | { readonly kind: 'granted'; readonly accessToken: AccessToken; readonly scopes: ScopeSet }
  /** The PIM knows the client but not this secret, or does not know the client. */
  | { readonly kind: 'invalid_client' }
  /** The code is unknown, used or older than 30 s. */
  | { readonly kind: 'invalid_grant' }
  /** Any other error of RFC 6749 §5.2: the request itself is not to the PIM's liking. */
  | { readonly kind: 'refused' }
  | TransientFailure;

const UNEXPECTED = 'unexpected-answer';

/**
 * Reads the PIM's answer to a token request. Everything that is not exactly a success or an error
 * of the protocol (a proxy's page, a login form, truncated JSON) counts as a failure, which may
 * be tried again: a failed attempt does not use up the code.
 *
 * `token_type` is compared without case (RFC 6749 §5.1); an `id_token`, sent when the user consented
 * to `openid`, is ignored, as nobody is logged in here.
 *
 * @see docs/pim-contract.md §4.3 and §4.4
 */
export function readTokenAnswer({ status, body }: Pick<Answered, 'status' | 'body'>): TokenOutcome {
  const json = parseJsonObject(body);
  const outcome = status === 200 ? readGrant(json) : status === 400 ? readError(json) : undefined;
  return outcome ?? { kind: 'transient-failure', failure: UNEXPECTED, status };
}

function readGrant(json: Readonly<Record<string, unknown>>): TokenOutcome | undefined {
  const accessToken = AccessToken.parse(json['access_token']);
  const { token_type: type, scope } = json;
  if (!accessToken || typeof type !== 'string' || typeof scope !== 'string') return undefined;
  if (type.toLowerCase() !== 'bearer') return undefined;
  return { kind: 'granted', accessToken, scopes: parseScope(scope) };
}

function readError(json: Readonly<Record<string, unknown>>): TokenOutcome | undefined {
  const { error } = json;
  if (typeof error !== 'string') return undefined;
  return error === 'invalid_client' || error === 'invalid_grant'
    ? { kind: error }
    : { kind: 'refused' };
}
