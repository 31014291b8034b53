/** `akeneo-app-activation/reader`: the App's connections, for its back ends. See docs/back-ends.md. */

export {
  CONNECTION_STATUSES,
  type ConnectionStatus,
} from '../functions/activation/connection-status.ts';
export type { ConnectionKey } from '../functions/activation/ports.ts';
export { AccessToken } from '../functions/pim/credentials.ts';
export type { PimUrl } from '../functions/pim/pim-url.ts';
export type { TokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
export type { Connection, ListedConnection } from './connection.ts';
export type { ConnectionChoice, ConnectionFilter, Connections } from './connections.ts';
export {
  AppDisconnectedError,
  ConnectionError,
  type ConnectionErrorContext,
  RateLimitedError,
} from './errors/connection-error.ts';
export { CONNECTION_ERROR_CODES, type ConnectionErrorCode } from './errors/error-code.ts';
export type { PimRequestInit } from './fetch/pim-request.ts';
export type { Pause, RateLimitBudget } from './fetch/rate-limit.ts';
export { openConnections } from './open-connections.ts';
export type { OpenConnectionsOptions } from './options.ts';
export { READER_ENVIRONMENT } from './settings.ts';
