import { createHash } from 'node:crypto';
import type { AccessToken } from '../pim/credentials.ts';
import { missingScopes, type ScopeSet } from '../pim/scopes.ts';
import { EXCHANGE_BUDGET } from '../pim/token-endpoint.ts';
import type { TokenTrial } from '../pim/token-trial.ts';
import type { Granted } from './exchange.ts';
import { type ConsumedFlow, returnedSilently } from './flow.ts';
import { type ConnectionStore, type Grant, ServiceError, type TokenCipher } from './ports.ts';
import { type Connected, contextOf, type Refused, refused } from './result.ts';

/** What saving a connection needs from the outside. */
export interface RecordDeps {
  readonly connections: ConnectionStore;
  readonly cipher: TokenCipher;
  readonly tokenTrial: TokenTrial;
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
    return await record(flow, granted, deps);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const { dependency, causeName } = error;
    return refused('token_not_saved', { ...contextOf(flow), dependency, errorName: causeName });
  }
}

/**
 * Opening a connected App again is the common case and needs neither KMS nor a new ciphertext, so it is
 * tried first whenever the PIM seems to have answered silently.
 */
async function record(
  flow: ConsumedFlow,
  granted: Granted,
  deps: RecordDeps,
): Promise<Connected | Refused> {
  const { connections, cipher } = deps;
  const grant: Grant = {
    pim: flow.pim,
    clientId: flow.clientId,
    requestedScopes: flow.scopes,
    grantedScopes: granted.scopes,
    tokenFingerprint: tokenFingerprint(granted.accessToken, cipher.keyId),
    flowId: flow.id,
    tokenRequestedAt: granted.tokenRequestedAt,
  };
  if (returnedSilently(flow) && (await connections.reopen(grant)))
    return connected(flow, granted.scopes);
  const encryptedToken = await cipher.encrypt(granted.accessToken, flow);
  const isSaved = await connections.save(grant, encryptedToken, LONGEST_REQUEST_MS);
  if (isSaved) return connected(flow, granted.scopes);
  return settle({ flow, granted, grant, encryptedToken }, deps);
}

/** How long a PIM may take to issue a token after it was asked; so long it is not known which of two is the newer one. */
const LONGEST_REQUEST_MS = EXCHANGE_BUDGET.attemptMs;

/** A grant that was not saved, because of another one or because its token is marked as dead. */
interface Contested {
  readonly flow: ConsumedFlow;
  readonly granted: Granted;
  readonly grant: Grant;
  readonly encryptedToken: Uint8Array;
}

/**
 * Finds out which of two tokens is the live one. The times of the requests do not tell when both were under way together
 * and the scopes changed in between: a slow request may have been answered by the PIM after a quick one that began later.
 * So the PIM is asked.
 */
async function settle(
  { flow, granted, grant, encryptedToken }: Contested,
  { connections, tokenTrial }: RecordDeps,
): Promise<Connected | Refused> {
  const saved = (isSaved: boolean) =>
    isSaved ? connected(flow, granted.scopes) : refused('token_not_saved', contextOf(flow));
  const stored = await connections.storedFingerprint(grant);
  if (stored === undefined) return saved(await connections.save(grant, encryptedToken));
  const isSame = stored === grant.tokenFingerprint;
  switch (isSame ? 'refused' : await tokenTrial(flow.pim, granted.accessToken)) {
    case 'accepted':
      return saved(await connections.replace(grant, encryptedToken, stored));
    case 'refused': {
      const confirmed = await connections.confirm(flow, granted.tokenRequestedAt);
      return confirmed
        ? connected(flow, confirmed.grantedScopes)
        : refused('token_ended', contextOf(flow));
    }
    case 'unclear':
      return saved(await connections.save(grant, encryptedToken));
  }
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
