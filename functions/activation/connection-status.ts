/**
 * What a connection can be: alive, ended by a PIM user ("Disconnect"), or with a token that the PIM has
 * replaced by one that we never received.
 */
export const CONNECTION_STATUSES = ['connected', 'disconnected', 'replaced'] as const;

/** One of {@link CONNECTION_STATUSES}. */
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];
