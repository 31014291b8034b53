import { DEAD_STATUSES } from '../functions/activation/connection-status.ts';
import { type TokenRefusal, tokenRefusal } from '../functions/pim/rest-api-refusals.ts';
import type { CallSlots, Release } from './call-slots.ts';
import type { ConnectionDirectory } from './connection-directory.ts';
import type { Lookup } from './connection-table.ts';
import type { Connection } from './connections.ts';
import type { DeadTokens } from './dead-tokens.ts';
import { AppDisconnectedError, ConnectionError } from './errors.ts';
import {
  discard,
  isRepeatable,
  type PimRequestInit,
  sendWithToken,
  urlInPim,
} from './pim-request.ts';
import { type RateLimitDeps, type RepeatableCall, sendWithinRateLimit } from './rate-limit.ts';

export interface PimFetchDeps extends RateLimitDeps {
  readonly directory: ConnectionDirectory;
  readonly deadTokens: DeadTokens;
  readonly slots: CallSlots;
}

const STREAM_WAS_SENT = 'The PIM has replaced the token. Call again, with a new stream.';

/** One call of a back end. */
interface Call {
  readonly url: URL;
  readonly lookup: Lookup;
  readonly init: PimRequestInit;
}

/**
 * Sends a request to a PIM with the App's token, in a slot of the connection, and returns whatever the PIM answers.
 *
 * The slot is free once the answer has begun. Bodies that kept their slots could wait for each other for ever, as
 * downloads that feed uploads do. If the PIM still counts such a body, it answers 429, as for any call.
 *
 * @throws {ConnectionError} as the contract of `Connections.fetch` says.
 */
export async function pimFetch(
  lookup: Lookup,
  path: string,
  init: PimRequestInit,
  deps: PimFetchDeps,
): Promise<Response> {
  const call = { url: urlInPim(lookup.pim, path), lookup, init };
  const release = await acquireSlot(call, deps);
  try {
    return await attempt(call, deps);
  } finally {
    release();
  }
}

/** The slots are those of the connection that was found, so calls with and without a client id share them. */
async function acquireSlot({ lookup, init }: Call, deps: PimFetchDeps): Promise<Release> {
  const { pim, clientId } = await deps.directory.get(lookup);
  return deps.slots.acquire(JSON.stringify([pim, clientId]), init.signal);
}

/** Looks the connection up after the wait for a slot, because its token may have been replaced meanwhile. */
async function attempt(call: Call, deps: PimFetchDeps): Promise<Response> {
  const used = await deps.directory.get(call.lookup);
  const response = await send(call, used, deps);
  if (response.status !== 401) return response;
  const current = await readAgain(call, used, response, deps);
  const isSameToken = current.tokenFingerprint === used.tokenFingerprint;
  if (isSameToken) return answerToNewestToken(response, current, deps);
  await discard(response);
  if (!isRepeatable(call.init)) throw tokenReplaced(used, STREAM_WAS_SENT);
  return answerToNewestToken(await send(call, current, deps), current, deps);
}

/** When the connection cannot be read, nobody will read the answer either; its socket must not stay open. */
async function readAgain(
  { lookup }: Call,
  used: Connection,
  response: Response,
  { directory }: PimFetchDeps,
): Promise<Connection> {
  try {
    return await directory.getPast(used, lookup);
  } catch (error) {
    await discard(response);
    throw error;
  }
}

/** Sends the request, unless the token is known to be dead. */
async function send(call: Call, connection: Connection, deps: PimFetchDeps): Promise<Response> {
  if (connection.status !== 'connected') return throwDeadToken(connection, deps.deadTokens);
  return sendWithinRateLimit(repeatable(call, connection), deps);
}

function repeatable({ url, init }: Call, connection: Connection): RepeatableCall {
  const { pim, clientId, accessToken } = connection;
  return {
    pim,
    clientId,
    isRepeatable: isRepeatable(init),
    signal: init.signal ?? undefined,
    send: () => sendWithToken(url, init, accessToken),
  };
}

/** When the PIM refuses the newest token that is stored, remembers that and throws. */
async function answerToNewestToken(
  response: Response,
  connection: Connection,
  { deadTokens }: PimFetchDeps,
): Promise<Response> {
  if (response.status !== 401) return response;
  const refusal = await readRefusal(response);
  if (refusal === 'other') return response;
  await discard(response);
  deadTokens.remember(connection, refusal);
  return throwDeadToken({ ...connection, status: refusal }, deadTokens);
}

/**
 * Ends a call of a dead connection. A disconnection is recorded in the table first, where that is due. If that fails, the
 * failure is the cause of the error.
 *
 * @throws {ConnectionError} always: `app_disconnected` or `token_replaced`.
 */
async function throwDeadToken(connection: Connection, deadTokens: DeadTokens): Promise<never> {
  const { pim, clientId } = connection;
  if (connection.status === 'replaced') {
    const { meaning, next } = DEAD_STATUSES.replaced;
    throw tokenReplaced(connection, `${meaning} ${next}`);
  }
  const cause = await deadTokens.recordDisconnection(connection);
  throw new AppDisconnectedError({ pim, clientId, ...(cause && { cause }) });
}

function tokenReplaced({ pim, clientId }: Connection, message: string): ConnectionError {
  return new ConnectionError('token_replaced', `${pim}: ${message}`, { pim, clientId });
}

/** More than any refusal has, in bytes. A longer body is not an answer of the PIM's API. */
const MAX_REFUSAL_BYTES = 16 * 1024;

/** Reads why a PIM refused a token, from its 401. The response stays readable for the caller. */
async function readRefusal(response: Response): Promise<TokenRefusal> {
  return tokenRefusal(await textIfShort(response.clone()));
}

/** The whole text if it is as short as a refusal, else an empty one. */
async function textIfShort({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const chunks: Uint8Array[] = [];
  for (let bytes = 0; bytes <= MAX_REFUSAL_BYTES; ) {
    const chunk = await reader?.read();
    if (!chunk?.value) return Buffer.concat(chunks).toString('utf8');
    chunks.push(chunk.value);
    bytes += chunk.value.length;
  }
  // Not awaited: it settles only when the caller is done with the other copy of the body, too.
  void reader?.cancel();
  return '';
}
