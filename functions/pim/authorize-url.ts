import type { PimUrl } from './pim-url.ts';
import { formatScope, type ScopeSet } from './scopes.ts';

/** What an authorization request of the PIM consists of; there is no `redirect_uri` and no PKCE. */
export interface AuthorizationRequest {
  readonly clientId: string;
  /**
   * Always the full list of the App's scopes: asking for fewer silently takes rights away from a
   * connected App (docs/pim-contract.md §3.4).
   */
  readonly scopes: ScopeSet;
  readonly state: string;
}

/**
 * The PIM's authorize page for this request.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1 RFC 6749, section 4.1.1}
 * @see docs/pim-contract.md §2.1
 */
export function authorizeUrl(pim: PimUrl, request: AuthorizationRequest): string {
  const url = pim.at('/connect/apps/v1/authorize');
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    scope: formatScope(request.scopes),
    state: request.state,
  }).toString();
  return url.href;
}
