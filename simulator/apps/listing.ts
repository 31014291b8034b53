import { type Answer, json } from '../http/answer.ts';
import type { Pim } from '../pim.ts';
import { scopeMessages } from '../scopes/scope-messages.ts';
import { modeOf } from '../users/accounts.ts';
import type { VisitorExchange } from '../users/guards.ts';

/** `GET /rest/simulator/state`: what the simulator's page shows. Of no real PIM. */
export function showState({ pim, session }: VisitorExchange): Answer {
  return json(200, {
    mode: modeOf(session.account),
    apps: pim.customApps.all().map(({ clientId, name }) => ({
      clientId,
      name,
      status: appStatus(pim, clientId),
    })),
    connectedApps: connectedApps(pim),
  });
}

/**
 * What the App Store says of an App. "Pending" is one whose code was never redeemed: a manager
 * confirmed it, and opening it again completes the connection.
 *
 * @see docs/pim-contract.md §1
 */
function appStatus(pim: Pim, clientId: string): 'connected' | 'pending' | 'available' {
  if (!pim.connectedApps.find(clientId)) return 'available';
  return isPending(pim, clientId) ? 'pending' : 'connected';
}

function isPending(pim: Pim, clientId: string): boolean {
  return pim.codes.hasAny(clientId) && !pim.tokens.hasAny(clientId);
}

function connectedApps(pim: Pim): object[] {
  return pim.connectedApps.all().map(({ clientId, code, scopes, hasOutdatedScopes }) => ({
    clientId,
    code,
    name: pim.customApps.find(clientId)?.name ?? clientId,
    scopeMessages: scopeMessages(scopes),
    isPending: isPending(pim, clientId),
    hasOutdatedScopes,
  }));
}
