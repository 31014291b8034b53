/** `akeneo-app-activation/reader`: the App's connections, for its back ends. See docs/back-ends.md. */

export {
  CONNECTION_STATUSES,
  type ConnectionStatus,
} from '../functions/activation/connection-status.ts';
export type { ConnectionKey } from '../functions/activation/ports.ts';
export { READER_ENVIRONMENT } from '../functions/environment.ts';
export type { Login } from '../functions/login/login.ts';
export { AccessToken } from '../functions/pim/credentials.ts';
export type { PimUrl } from '../functions/pim/pim-url.ts';
export type { TokenDecrypter } from '../functions/store/kms-token-decrypter.ts';
export type {
  Connection,
  ConnectionChoice,
  ConnectionFilter,
  Connections,
  ListedConnection,
} from './connections.ts';
export {
  AppDisconnectedError,
  CONNECTION_ERROR_CODES,
  ConnectionError,
  type ConnectionErrorCode,
  type ConnectionErrorContext,
  RateLimitedError,
} from './errors.ts';
export { openConnections } from './open-connections.ts';
export type { OpenConnectionsOptions } from './options.ts';
export type { PimRequestInit } from './pim-request.ts';
export type { Pause, RateLimitBudget } from './rate-limit.ts';
