import { AuthorizationCode, ClientSecret } from '../../functions/pim/credentials.ts';
import { wellFormed } from '../../functions/pim/malformed.ts';
import type { TokenRequest } from '../../functions/pim/oauth.ts';

/** A token request whose parts tests can look for. */
export function tokenRequest(parts: { secret?: string; code?: string } = {}): TokenRequest {
  const clientSecret = wellFormed(ClientSecret.parse(parts.secret ?? 'the-secret'));
  const authorizationCode = wellFormed(AuthorizationCode.parse(parts.code ?? 'the-code'));
  if (!clientSecret || !authorizationCode) throw new Error('not usable');
  return { clientId: 'the-client', clientSecret, authorizationCode, codeIdentifier: 'identifier' };
}
