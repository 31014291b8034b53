import { missingScopes, type ScopeSet } from '../pim/scopes.ts';
import type { Granted } from './exchange-code.ts';
import { type ConsumedFlow, returnedSilently } from './flow.ts';
import { contextOf } from './outcome-context.ts';
import type { ConnectionStore, Grant, TokenCipher } from './ports.ts';
import { type Connected, type Refused, refused } from './result.ts';
import { ServiceError } from './service-error.ts';
import { tokenFingerprint } from './token-fingerprint.ts';

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
