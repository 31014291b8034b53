import type { ConnectionStatus } from '../activation/connection-status.ts';

/**
 * What a visit to a PIM can find out about a connection:
 *
 * | health         | the PIM answered                                       | the token          |
 * | -------------- | ------------------------------------------------------ | ------------------ |
 * | `connected`    | 200 and its version                                    | works              |
 * | `forbidden`    | 403: the App's role is too small                       | works              |
 * | `disconnected` | 401: the App has been disconnected                     | is dead for ever   |
 * | `replaced`     | 401: the token is unknown, as after a change of scopes | is dead            |
 * | `unreachable`  | nothing in time, 429 twice, or 5xx                     | may work           |
 * | `not-a-pim`    | something that no PIM says: a page, a redirect, a 404  | may work           |
 *
 * @see docs/pim-contract.md §6
 */
export const HEALTHS = [
  'connected',
  'disconnected',
  'replaced',
  'forbidden',
  'unreachable',
  'not-a-pim',
] as const;

/** One of {@link HEALTHS}. */
export type Health = (typeof HEALTHS)[number];

/** The findings that end a connection; each is also the status that the connection then gets. */
export type DeadHealth = Exclude<ConnectionStatus, 'connected'>;

/** True when the PIM itself says that it no longer takes the token. */
export function isDead(health: Health): health is DeadHealth {
  return health === 'disconnected' || health === 'replaced';
}

/** True when the PIM took the token. What is neither dead nor alive is not known. */
export function isAlive(health: Health): boolean {
  return health === 'connected' || health === 'forbidden';
}
