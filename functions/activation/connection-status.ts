/**
 * Says whether the token of a connection works. A PIM tells nobody when that changes, so `connected` means that nobody
 * has noticed anything else.
 */
export const CONNECTION_STATUSES = ['connected', 'disconnected', 'replaced'] as const;

export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];

/** The status of a connection whose token its PIM refuses. */
export type DeadStatus = Exclude<ConnectionStatus, 'connected'>;

/** What has happened to a dead connection, and what revives it; for messages and documentation. */
export const DEAD_STATUSES: Readonly<
  Record<DeadStatus, { readonly meaning: string; readonly next: string }>
> = {
  disconnected: {
    meaning: 'A PIM user has disconnected the App.',
    next: 'A PIM user can connect the App again.',
  },
  replaced: {
    meaning: 'The PIM has replaced the token by a newer one, which never arrived here.',
    next: 'Let a PIM user open the App once, which stores the newer one.',
  },
};
