import { type Answer, json } from '../http/answer.ts';
import { type PimRequest, parameter } from '../http/pim-request.ts';
import type { AccessToken } from '../oauth/access-tokens.ts';
import type { Pim } from '../pim.ts';

const INVALID = 'The access token provided is invalid.';
const DISCONNECTED = `${INVALID} Your app has been disconnected from that PIM.`;
const TWO_METHODS =
  'Only one method may be used to authenticate at a time (Auth header, GET or POST).';

/**
 * The access token of a request, from `Authorization: Bearer` or the query, if it works; otherwise
 * the refusal, whose wording tells a disconnected App from a token that was replaced.
 *
 * @see docs/pim-contract.md §6
 */
export function authenticate(pim: Pim, request: PimRequest): AccessToken | Answer {
  const tokens = presentedTokens(request);
  const [token] = tokens;
  if (token === undefined) return apiError(401, 'Authentication is required');
  if (tokens.length > 1) return apiError(400, TWO_METHODS);
  if (pim.tokens.isRevoked(token)) return apiError(401, DISCONNECTED);
  return pim.tokens.find(token) ?? apiError(401, INVALID);
}

/** An error as the PIM's web API words it: the status again in the body, and a message. */
export function apiError(code: number, message: string): Answer {
  return json(code, { code, message });
}

function presentedTokens(request: PimRequest): string[] {
  const [, inHeader] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const inQuery = parameter(request.query, 'access_token');
  return [inHeader, inQuery].filter((token) => token !== undefined);
}
