import type { ConnectionErrorCode } from './error-code.ts';

/** What an error is about; every member is safe to show. */
export interface ConnectionErrorContext {
  /** The PIM's address as it is stored. */
  readonly pim?: string;
  /** The App's client id in that PIM. */
  readonly clientId?: string;
  /** What led to it. It is kept off the enumerable properties, so that no JSON logger prints it. */
  readonly cause?: unknown;
}

/**
 * Every failure that this library itself finds. Tell them apart by {@link ConnectionError.code}; the message says
 * what happened and what to do next. Neither holds anything secret.
 *
 * What the network does to a call (a refused connection, an aborted signal) is not one of them: `fetch` rejects with
 * it as the global `fetch` does.
 */
export class ConnectionError extends Error {
  override readonly name: string = 'ConnectionError';
  /** Says which failure it is; it stays the same from version to version. */
  readonly code: ConnectionErrorCode;
  /** The PIM's address as it is stored; `undefined` when the error is not about one PIM. */
  readonly pim: string | undefined;
  /** The App's client id in that PIM; `undefined` when it is not known. */
  readonly clientId: string | undefined;

  /** @param message may be shown to anybody: nothing secret may be in it, or in `context`. */
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
 * A PIM user has disconnected the App. The token is dead for ever; a PIM user can connect the App again, which
 * brings another one.
 *
 * @see docs/pim-contract.md §6
 */
export class AppDisconnectedError extends ConnectionError {
  override readonly name = 'AppDisconnectedError';

  /** @param context with the PIM; the cause is why the disconnection could not be recorded, if it could not. */
  constructor(context: ConnectionErrorContext) {
    const next = 'Stop calling it; a PIM user can connect the App again.';
    super(
      'app_disconnected',
      `The App has been disconnected from ${context.pim}. ${next}`,
      context,
    );
  }
}

/** The PIM still answers 429 after all the waiting that was allowed, or asks for a longer wait than that. */
export class RateLimitedError extends ConnectionError {
  override readonly name = 'RateLimitedError';
  /** How long to wait before the next call, in milliseconds: what the PIM asked for, or our own pause if that is longer. */
  readonly retryAfterMs: number;

  /** @param retryAfterMs milliseconds. */
  constructor(retryAfterMs: number, context: ConnectionErrorContext) {
    const seconds = Math.ceil(retryAfterMs / 1000);
    const next = `Call again in ${seconds} s, with fewer calls at once.`;
    super('rate_limited', `${context.pim} answers 429, too many requests. ${next}`, context);
    this.retryAfterMs = retryAfterMs;
  }
}
