/**
 * What can go wrong between a back end and a PIM, by a code that stays the same from version to version.
 *
 * - `not_connected`: the App has no connection in that PIM, or not under that client id. A PIM user connects it.
 * - `app_disconnected`: a PIM user has disconnected the App; the token is dead for ever. A PIM user connects it again.
 * - `token_replaced`: the PIM no longer knows the token, because a newer one was issued. If it is stored, the next
 *   call uses it; if not, a PIM user opens the App once.
 * - `several_clients`: the PIM has connections of more than one client id; say which one is meant.
 * - `pim_url_malformed`: the text is no PIM address.
 * - `path_not_of_pim`: the path would lead away from the PIM; nothing was sent.
 * - `rate_limited`: the PIM still answers 429 after all the waiting that was allowed.
 * - `configuration_missing`: environment variables are missing; the message names all of them.
 * - `option_invalid`: an option of `openConnections` is out of its range; the message names it and what is allowed.
 * - `access_denied`: the role lacks a right; the message names it and the grant that gives it.
 * - `store_unavailable`: DynamoDB or KMS did not answer as it should; try again.
 * - `token_unreadable`: the stored token does not decrypt. A PIM user opens the App once; if it stays, they disconnect
 *   the App in the PIM and connect it again.
 * - `connection_malformed`: the record has not the documented shape; somebody wrote it by hand. `pim` and `clientId`
 *   of the error say which one.
 */
export const CONNECTION_ERROR_CODES = [
  'not_connected',
  'app_disconnected',
  'token_replaced',
  'several_clients',
  'pim_url_malformed',
  'path_not_of_pim',
  'rate_limited',
  'configuration_missing',
  'option_invalid',
  'access_denied',
  'store_unavailable',
  'token_unreadable',
  'connection_malformed',
] as const;

/** One of {@link CONNECTION_ERROR_CODES}. */
export type ConnectionErrorCode = (typeof CONNECTION_ERROR_CODES)[number];
