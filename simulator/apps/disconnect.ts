import type { Pim } from '../pim.ts';

/**
 * Disconnects an App: its tokens are revoked for ever, its codes, scopes and OAuth client record
 * are gone. The App is not told; its registration, its secret and the users' consents stay.
 *
 * @see docs/pim-contract.md §6
 */
export function disconnectApp(pim: Pim, clientId: string): void {
  pim.tokens.revokeAll(clientId);
  pim.codes.deleteAll(clientId);
  pim.connectedApps.delete(clientId);
  pim.oauthClients.delete(clientId);
}

/**
 * Deletes a custom App, which disconnects it too.
 *
 * @see docs/pim-contract.md §7
 */
export function deleteCustomApp(pim: Pim, clientId: string): void {
  disconnectApp(pim, clientId);
  pim.customApps.delete(clientId);
}
