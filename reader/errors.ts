import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import {
  IncorrectKeyException,
  InvalidCiphertextException,
  KMSServiceException,
} from '@aws-sdk/client-kms';
import { DEAD_STATUSES } from '../functions/activation/connection-status.ts';

/**
 * What can go wrong between a back end and a PIM, and what to do then. A code stays the same from version to version.
 * The table in docs/back-ends.md is made from this one.
 */
export const CONNECTION_ERRORS = {
  not_connected: {
    meaning: 'The App has no connection in that PIM, or not under that client id.',
    next: 'A PIM user connects it.',
  },
  app_disconnected: {
    meaning: 'A PIM user has disconnected the App. The token will never work again.',
    next: 'Stop calling. A PIM user can connect the App again.',
  },
  token_replaced: {
    meaning: 'The PIM no longer knows the token, because it has issued a newer one.',
    next: 'If the newer one is stored, the next call uses it. If not, a PIM user opens the App once.',
  },
  several_clients: {
    meaning: 'The PIM has connections of more than one client id.',
    next: 'Pass `{ clientId }`.',
  },
  pim_url_malformed: {
    meaning: 'The text is not the address of a PIM.',
    next: 'Pass what the PIM sends as `pim_url`.',
  },
  path_not_of_pim: {
    meaning:
      'The path would lead away from the PIM. Nothing was sent. The message says which rule it breaks.',
    next: 'Pass a path that starts with one slash.',
  },
  rate_limited: {
    meaning: 'The PIM still answers 429 after all the waiting that was allowed.',
    next: 'Call again after `retryAfterMs`, with fewer calls at once.',
  },
  configuration_missing: {
    meaning:
      'Environment variables are missing, or the region or the credentials for AWS. The message names the variables.',
    next: 'Call `grantRead` in the CDK app, or set them.',
  },
  option_invalid: {
    meaning: 'An option of `openConnections` is out of range. The message names it.',
    next: 'Pass what the message allows.',
  },
  access_denied: {
    meaning: 'The role lacks a right. The message names it.',
    next: 'Call the grant that the message names.',
  },
  table_missing: {
    meaning: 'DynamoDB knows no such table in this region.',
    next: 'Check the name of the table and the region. The message says how on your own machine.',
  },
  key_unusable: {
    meaning: 'KMS knows no such key in this region, or the key is disabled or about to be deleted.',
    next: 'Check the key and the region; let an operator see to the alarm `key-unusable`.',
  },
  store_unavailable: {
    meaning: 'DynamoDB or KMS did not answer as it should.',
    next: 'Try again.',
  },
  token_unreadable: {
    meaning: 'The stored token cannot be decrypted.',
    next: 'A PIM user opens the App once. If that does not help, they disconnect the App in the PIM and connect it again.',
  },
  connection_malformed: {
    meaning:
      'The row does not have the documented shape, because somebody edited it by hand. `pim` and `clientId` say which one.',
    next: 'A PIM user opens the App once.',
  },
  login_invalid: {
    meaning:
      'The code of the login is unknown, was used, is older than a minute, or belongs to another verifier.',
    next: 'Let the PIM user open the App in the PIM again.',
  },
} as const satisfies Readonly<Record<string, { readonly meaning: string; readonly next: string }>>;

export type ConnectionErrorCode = keyof typeof CONNECTION_ERRORS;

// `Object.keys` forgets the names.
export const CONNECTION_ERROR_CODES = Object.keys(
  CONNECTION_ERRORS,
) as readonly ConnectionErrorCode[];

/** What an error is about. Every member is safe to show. */
export interface ConnectionErrorContext {
  /** The PIM's address as it is stored. */
  readonly pim?: string;
  /** The App's client id in that PIM. */
  readonly clientId?: string;
  /** What led to it. It is not enumerable on the error, so JSON loggers do not print it. */
  readonly cause?: unknown;
}

/**
 * Every failure that this library itself finds. Tell them apart by {@link ConnectionError.code}. The message says what
 * happened and what to do next. Neither holds a secret.
 *
 * A network failure of a call (a refused connection, an aborted signal) is not one of them: `fetch` rejects with it as
 * the global `fetch` does.
 */
export class ConnectionError extends Error {
  override readonly name: string = 'ConnectionError';
  /** Stays the same from version to version. */
  readonly code: ConnectionErrorCode;
  /** The PIM's address as it is stored; `undefined` when the error is not about one PIM. */
  readonly pim: string | undefined;
  /** The App's client id in that PIM; `undefined` when it is not known. */
  readonly clientId: string | undefined;

  /** @param message may be shown to anybody: neither it nor `context` may hold a secret. */
  constructor(code: ConnectionErrorCode, message: string, context: ConnectionErrorContext = {}) {
    super(message);
    this.code = code;
    this.pim = context.pim;
    this.clientId = context.clientId;
    if (context.cause !== undefined)
      Object.defineProperty(this, 'cause', { value: context.cause, enumerable: false });
  }
}

/**
 * A PIM user has disconnected the App. The token will never work again; a PIM user can connect the App again, which
 * brings a new one.
 *
 * @see docs/pim-contract.md §6
 */
export class AppDisconnectedError extends ConnectionError {
  override readonly name = 'AppDisconnectedError';

  /** @param context with the PIM; its cause says why the disconnection could not be recorded, if it could not. */
  constructor(context: ConnectionErrorContext) {
    const { meaning, next } = DEAD_STATUSES.disconnected;
    super('app_disconnected', `${context.pim}: ${meaning} Stop calling it. ${next}`, context);
  }
}

/** The PIM still answers 429 after all the waiting that was allowed, or asks for a longer wait than that. */
export class RateLimitedError extends ConnectionError {
  override readonly name = 'RateLimitedError';
  /** How long to wait before the next call, in milliseconds: what the PIM asked for, or our own delay if that is longer. */
  readonly retryAfterMs: number;

  /** @param retryAfterMs milliseconds. */
  constructor(retryAfterMs: number, context: ConnectionErrorContext) {
    const seconds = Math.ceil(retryAfterMs / 1000);
    const next = `Call again in ${seconds} s, with fewer calls at once.`;
    super('rate_limited', `${context.pim} answers 429, too many requests. ${next}`, context);
    this.retryAfterMs = retryAfterMs;
  }
}

/** A call to AWS. */
export interface ServiceCall {
  /** As IAM names it, such as `dynamodb:GetItem`. */
  readonly action: string;
  /** The grant that gives the right to it, such as `grantRead`. */
  readonly grant: string;
}

/** Says what a failed call to AWS means for the caller. */
export function serviceError(
  { action, grant }: ServiceCall,
  error: unknown,
  context: ConnectionErrorContext = {},
): ConnectionError {
  const all = { ...context, cause: presentableCause(error) };
  if (nameOf(error) === 'AccessDeniedException') {
    const next = `Call activation.${grant} for this function in the CDK app.`;
    return new ConnectionError('access_denied', `The role lacks ${action}. ${next}`, all);
  }
  const missing = missingForAws(error);
  if (missing) {
    const message = `${action} was not called: ${missing}`;
    return new ConnectionError('configuration_missing', message, all);
  }
  const { code, next } = failureOf(error);
  return new ConnectionError(code, `${action} failed (${nameOf(error)}). ${next}`, all);
}

/** What sets every variable beside a local run. Its endpoints and its key are others in each data folder. */
export const ON_YOUR_MACHINE =
  'On your own machine: run npx akeneo-app dev --data .data, and this program in a new terminal with node --env-file=.data/.env';

/** What AWS says of a table or a key that a variable names and nobody can use. */
const UNUSABLE = {
  ResourceNotFoundException: {
    code: 'table_missing',
    next: `There is no such table: check AKENEO_APP_CONNECTIONS_TABLE and the region. ${ON_YOUR_MACHINE}.`,
  },
  NotFoundException: {
    code: 'key_unusable',
    next: `There is no such key: check AKENEO_APP_TOKEN_KEY_ID and the region. ${ON_YOUR_MACHINE}.`,
  },
  DisabledException: { code: 'key_unusable', next: 'An operator has to enable the key again.' },
  KMSInvalidStateException: {
    code: 'key_unusable',
    next: 'An operator has to cancel the deletion of the key, and to enable it again.',
  },
} as const;

function failureOf(error: unknown): { readonly code: ConnectionErrorCode; readonly next: string } {
  const nobody = refusedOnLoopback(error);
  if (nobody !== undefined)
    return {
      code: 'store_unavailable',
      next: `Nothing listens at ${nobody}. ${ON_YOUR_MACHINE}.`,
    };
  const name = nameOf(error);
  if (isUnusable(name)) return UNUSABLE[name];
  const next = 'Try again; if it stays, check the region, the table name and the network.';
  return { code: 'store_unavailable', next };
}

function isUnusable(name: string): name is keyof typeof UNUSABLE {
  return Object.hasOwn(UNUSABLE, name);
}

/** The address on this machine at which nobody listens, as at an endpoint of a local run that has ended. */
function refusedOnLoopback(error: unknown): string | undefined {
  if (!(error instanceof Error) || codeOf(error) !== 'ECONNREFUSED') return undefined;
  const { address, port } = error as { readonly address?: unknown; readonly port?: unknown };
  return typeof address === 'string' && /^(127\.|::1$)/.test(address)
    ? `${address}:${String(port)}`
    : undefined;
}

/** What the SDK lacked, so that it called nobody. A missing region is a mere `Error`. */
function missingForAws(error: unknown): string | undefined {
  if (isMissingRegion(error))
    return `there is no region. Set AWS_REGION (AWS_DEFAULT_REGION counts for Python alone), or pass the option region. ${ON_YOUR_MACHINE}.`;
  if (nameOf(error) !== 'CredentialsProviderError') return undefined;
  return `there are no credentials. Give the function a role, or set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. ${ON_YOUR_MACHINE}.`;
}

function isMissingRegion(error: unknown): boolean {
  return error instanceof Error && error.message === 'Region is missing';
}

/** Opening the App encrypts the token anew if the key has changed. If it has not, only a new token helps. */
const AFTER_FAILED_DECRYPTION =
  'Let a PIM user open the App once; if it stays, let them disconnect the App in the PIM and connect it again.';

/** Tells an outage or a refusal of KMS from a ciphertext that does not belong to this connection. */
export function decryptionError(error: unknown, context: ConnectionErrorContext): ConnectionError {
  if (isFailureOfKms(error))
    return serviceError({ action: 'kms:Decrypt', grant: 'grantRead' }, error, context);
  const what = `The stored token of ${context.pim} does not decrypt (${nameOf(error)}).`;
  const all = { ...context, cause: causeOfAws(error) };
  return new ConnectionError('token_unreadable', `${what} ${AFTER_FAILED_DECRYPTION}`, all);
}

/** Everything but the two answers about the ciphertext itself. Network failures count as failures of KMS. */
function isFailureOfKms(error: unknown): boolean {
  if (error instanceof InvalidCiphertextException) return false;
  if (error instanceof IncorrectKeyException) return false;
  if (missingForAws(error)) return true;
  return error instanceof KMSServiceException || isThrownBySdk(error);
}

/** The SDK sets `$metadata` on whatever it throws after it has made a request. */
function isThrownBySdk(error: unknown): boolean {
  return error instanceof Error && '$metadata' in error;
}

/**
 * An error of AWS as it is; name and message of what kept a call from reaching AWS; of any other error only the name.
 * When the SDK cannot parse an answer of KMS, its error quotes the beginning and carries the whole answer in a hidden
 * `$response`, and the token is in there.
 */
export function presentableCause(error: unknown): Error {
  if (!isBeforeAnswer(error)) return causeOfAws(error);
  const cause = new Error(error.message || codeOf(error));
  return Object.defineProperty(cause, 'name', { value: error.name });
}

/** An error of AWS as it is; of any other error only the name. */
function causeOfAws(error: unknown): Error {
  const isOfAws = error instanceof DynamoDBServiceException || error instanceof KMSServiceException;
  return isOfAws ? error : new Error(nameOf(error));
}

/**
 * What the SDK lacked, and what the system or TLS says of a connection, whose codes are such as `ECONNREFUSED` and
 * `CERT_HAS_EXPIRED`. Errors of Node with `ERR_…` may quote a value, and the address of a proxy with its password.
 */
function isBeforeAnswer(error: unknown): error is Error {
  if (!(error instanceof Error) || '$response' in error) return false;
  if (error.name === 'TimeoutError' || /^(?!ERR_)[A-Z_\d]+$/.test(codeOf(error))) return true;
  return nameOf(error) === 'CredentialsProviderError' || error.message.startsWith('Region ');
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}

/** The name of an error, such as `TimeoutError`; never its message. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
