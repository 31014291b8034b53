import { missingScopes } from '../pim/scopes.ts';
import type { Granted } from './exchange-code.ts';
import { factsOf } from './facts.ts';
import { type ConsumedFlow, returnedSilently } from './flow.ts';
import { Outage } from './outage.ts';
import type { Clock, ConnectionStore, Grant, TokenCipher } from './ports.ts';
import { type Connected, type Refused, refused } from './result.ts';
import { tokenFingerprint } from './token-fingerprint.ts';

export interface RecordDeps {
  readonly connections: ConnectionStore;
  readonly cipher: TokenCipher;
  readonly now: Clock;
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
    await save(flow, granted, deps);
    return connected(flow, granted);
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    const { dependency, causeName } = error;
    return refused('token_not_saved', { ...factsOf(flow), dependency, errorName: causeName });
  }
}

/**
 * Opening a connected App again is the common case and needs neither KMS nor a new ciphertext, so it is
 * tried first whenever the PIM seems to have answered silently.
 */
async function save(flow: ConsumedFlow, granted: Granted, deps: RecordDeps): Promise<void> {
  const grant: Grant = {
    pim: flow.pim,
    clientId: flow.clientId,
    requestedScopes: flow.scopes,
    grantedScopes: granted.scopes,
    tokenFingerprint: tokenFingerprint(granted.accessToken),
    flowId: flow.id,
    receivedAt: deps.now(),
  };
  if (returnedSilently(flow) && (await deps.connections.reopen(grant))) return;
  await deps.connections.save(grant, await deps.cipher.encrypt(granted.accessToken, flow));
}

function connected(flow: ConsumedFlow, granted: Granted): Connected {
  const missing = missingScopes(flow.scopes, granted.scopes);
  return {
    kind: 'connected',
    code: missing.length > 0 ? 'connected_with_missing_scopes' : 'connected',
    flowId: flow.id,
    ...(flow.appUrl !== undefined && { appUrl: flow.appUrl }),
    facts: { ...factsOf(flow), missingScopes: missing },
  };
}
