import { AccessToken } from './credentials.ts';
import { parseScope, type ScopeSet } from './scopes.ts';

/** An HTTP answer of the PIM, read whole. */
export interface PimAnswer {
  readonly status: number;
  readonly body: string;
}

/** What went wrong between us and the PIM; each may be over at the next attempt. */
export type Disturbance = 'unreachable' | 'timeout' | 'unexpected-answer';

/** What a token request came to. */
export type TokenOutcome =
  | { readonly kind: 'granted'; readonly accessToken: AccessToken; readonly scopes: ScopeSet }
  /** The PIM knows the client but not this secret, or does not know the client. */
  | { readonly kind: 'invalid_client' }
  /** The code is unknown, used or older than 30 s. */
  | { readonly kind: 'invalid_grant' }
  /** Any other error of RFC 6749 §5.2: the request itself is not to the PIM's liking. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'disturbed'; readonly disturbance: Disturbance; readonly status?: number };

const UNEXPECTED = 'unexpected-answer';

/**
 * Reads the PIM's answer to a token request. Everything that is not exactly a success or an error
 * of the protocol (a proxy's page, a login form, truncated JSON) counts as a disturbance, which may
 * be tried again: a failed attempt does not use up the code.
 *
 * `token_type` is compared without case (RFC 6749 §5.1); an `id_token`, sent when the user consented
 * to `openid`, is ignored, as nobody is logged in here.
 *
 * @see docs/pim-contract.md §4.3 and §4.4
 */
export function readTokenAnswer({ status, body }: PimAnswer): TokenOutcome {
  const json = parseObject(body);
  const outcome = status === 200 ? readGrant(json) : status === 400 ? readError(json) : undefined;
  return outcome ?? { kind: 'disturbed', disturbance: UNEXPECTED, status };
}

function readGrant(json: Record<string, unknown>): TokenOutcome | undefined {
  const accessToken = AccessToken.parse(json['access_token']);
  const { token_type: type, scope } = json;
  if (!accessToken || typeof type !== 'string' || typeof scope !== 'string') return undefined;
  if (type.toLowerCase() !== 'bearer') return undefined;
  return { kind: 'granted', accessToken, scopes: parseScope(scope) };
}

function readError(json: Record<string, unknown>): TokenOutcome | undefined {
  const { error } = json;
  if (typeof error !== 'string') return undefined;
  return error === 'invalid_client' || error === 'invalid_grant'
    ? { kind: error }
    : { kind: 'refused' };
}

/** An empty object for anything that is not a JSON object, so that every member reads as absent. */
function parseObject(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
