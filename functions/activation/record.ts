import { createHash } from 'node:crypto';
import type { AccessToken } from '../pim/credentials.ts';
import { missingScopes, type ScopeSet } from '../pim/scopes.ts';
import type { Granted } from './exchange.ts';
import { type ConsumedFlow, returnedSilently } from './flow.ts';
import { type ConnectionStore, type Grant, ServiceError, type TokenCipher } from './ports.ts';
import { type Connected, contextOf, type Refused, refused } from './result.ts';

/** What saving a connection needs from the outside. */
export interface RecordDeps {
  readonly connections: ConnectionStore;
  readonly cipher: TokenCipher;
}

/**
 * Steps 9 and 10: saves the connection, then says where to send the browser. A failure is told as such,
 * with the promise that opening the App again recovers it, because the PIM then issues the same token.
 */
export async function recordConnection(
  flow: ConsumedFlow,
  granted: Granted,
  deps: RecordDeps,
): Promise<Connected | Refused> {
  try {
    const scopes = await recordedScopes(flow, granted, deps);
    return scopes ? connected(flow, scopes) : refused('token_not_saved', contextOf(flow));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { dependency, causeName } = error;
    return refused('token_not_saved', { ...contextOf(flow), dependency, errorName: causeName });
  }
}

/**
 * The scopes of the connection as it is recorded now. Usually these are the ones of this grant; when another flow
 * has recorded a later grant meanwhile, they are that one's.
 */
async function recordedScopes(
  flow: ConsumedFlow,
  granted: Granted,
  deps: RecordDeps,
): Promise<ScopeSet | undefined> {
  const grant: Grant = {
    pim: flow.pim,
    clientId: flow.clientId,
    requestedScopes: flow.scopes,
    grantedScopes: granted.scopes,
    tokenFingerprint: tokenFingerprint(granted.accessToken, deps.cipher.keyId),
    flowId: flow.id,
    tokenRequestedAt: granted.tokenRequestedAt,
  };
  if (await isRecorded(grant, flow, granted, deps)) return granted.scopes;
  return deps.connections.confirm(flow, granted.tokenRequestedAt);
}

/**
 * Opening a connected App again is the common case and needs neither KMS nor a new ciphertext, so it is
 * tried first whenever the PIM seems to have answered silently.
 */
async function isRecorded(
  grant: Grant,
  flow: ConsumedFlow,
  { accessToken }: Granted,
  { connections, cipher }: RecordDeps,
): Promise<boolean> {
  if (returnedSilently(flow) && (await connections.reopen(grant))) return true;
  return connections.save(grant, await cipher.encrypt(accessToken, flow));
}

function connected(flow: ConsumedFlow, scopes: ScopeSet): Connected {
  const missing = missingScopes(flow.scopes, scopes);
  return {
    kind: 'connected',
    code: missing.length > 0 ? 'connected_with_missing_scopes' : 'connected',
    flowId: flow.id,
    ...(flow.appUrl !== undefined && { appUrl: flow.appUrl }),
    context: { ...contextOf(flow), missingScopes: missing },
  };
}

/**
 * Tells tokens apart without showing them: 128 bits of a hash under a prefix of its own, in hex. A
 * token has about 256 random bits, so nothing can be guessed from its fingerprint.
 *
 * It differs from key to key as well. So a token that was encrypted under a key which is gone, in a table that was
 * restored beside a new one for instance, looks like another token, and is encrypted anew when the App is opened.
 *
 * @param keyId names the key that encrypts the token.
 */
export function tokenFingerprint(token: AccessToken, keyId: string): string {
  return createHash('sha256')
    .update(`akeneo-app-activation token fingerprint\n${keyId}\n`)
    .update(token.reveal())
    .digest('hex')
    .slice(0, 32);
}
