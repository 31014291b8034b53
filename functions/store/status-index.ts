/**
 * The index of Connections by which they are listed: by status, then PIM. It holds everything but the
 * encrypted token, so whoever may list connections has no way to a token.
 */
export const STATUS_INDEX = {
  name: 'ByStatus',
  partitionKey: 'status',
  sortKey: 'pim',
  attributes: [
    'requestedScopes',
    'grantedScopes',
    'tokenFingerprint',
    'firstConnectedAt',
    'lastOpenedAt',
    'statusAt',
    'health',
    'checkedAt',
  ],
} as const;
