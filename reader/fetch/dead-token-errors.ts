import type { Connection } from '../connection.ts';
import type { DeadTokens } from '../directory/dead-tokens.ts';
import { AppDisconnectedError, ConnectionError } from '../errors/connection-error.ts';

/** What helps when the newest token is known to the PIM alone. */
const OPEN_ONCE = 'Let a PIM user open the App once, which stores the new one.';

/**
 * Ends a call of a connection whose status is not `connected`. A disconnection is recorded in the table first, where
 * that is due; a record that cannot be written changes nothing but the cause of the error.
 *
 * @throws {ConnectionError} always: `app_disconnected` or `token_replaced`, as the status says.
 */
export async function throwDeadToken(
  connection: Connection,
  deadTokens: DeadTokens,
): Promise<never> {
  if (connection.status === 'replaced') throw tokenReplaced(connection);
  const cause = await deadTokens.recordDisconnection(connection);
  const { pim, clientId } = connection;
  throw new AppDisconnectedError({ pim, clientId, ...(cause && { cause }) });
}

/**
 * The error of a call whose token the PIM has replaced.
 *
 * @param next what the caller can do about it; by default, what helps when the new token is not stored.
 */
export function tokenReplaced({ pim, clientId }: Connection, next = OPEN_ONCE): ConnectionError {
  const message = `${pim} has replaced the token by another. ${next}`;
  return new ConnectionError('token_replaced', message, { pim, clientId });
}
