import type { Connection } from '../connection.ts';
import type { ConnectionDirectory } from '../directory/connection-directory.ts';
import type { DeadTokens } from '../directory/dead-tokens.ts';
import type { Lookup } from '../directory/lookup.ts';
import type { CallSlots, Release } from './call-slots.ts';
import { throwDeadToken, tokenReplaced } from './dead-token-errors.ts';
import { discard } from './discard.ts';
import { holdUntilReceived } from './hold-until-received.ts';
import { urlInPim } from './pim-path.ts';
import { isRepeatable, type PimRequestInit, sendWithToken } from './pim-request.ts';
import { type RateLimitDeps, type RepeatableCall, sendWithinRateLimit } from './rate-limit.ts';
import { readRefusal } from './refusal.ts';

/** What {@link pimFetch} works with. */
export interface PimFetchDeps extends RateLimitDeps {
  readonly directory: ConnectionDirectory;
  readonly deadTokens: DeadTokens;
  readonly slots: CallSlots;
}

/** One call of a back end. */
interface Call {
  readonly url: URL;
  readonly lookup: Lookup;
  readonly init: PimRequestInit;
}

/**
 * Sends a request to a PIM with the App's token, in a slot of the connection, and returns whatever the PIM answers.
 *
 * @throws {ConnectionError} what the contract of `Connections.fetch` names.
 */
export async function pimFetch(
  lookup: Lookup,
  path: string,
  init: PimRequestInit,
  deps: PimFetchDeps,
): Promise<Response> {
  const call = { url: urlInPim(lookup.pim, path), lookup, init };
  const release = await slotOf(call, deps);
  try {
    return holdUntilReceived(await attempt(call, deps), release);
  } catch (error) {
    release();
    throw error;
  }
}

/** Waits for a slot of the connection, whichever of a PIM's several it is. */
async function slotOf({ lookup, init }: Call, deps: PimFetchDeps): Promise<Release> {
  const { pim, clientId } = await deps.directory.get(lookup);
  return deps.slots.acquire(JSON.stringify([pim, clientId]), init.signal);
}

/** The connection is looked up here, not before the wait for a slot, in which its token may have been replaced. */
async function attempt(call: Call, deps: PimFetchDeps): Promise<Response> {
  const used = await deps.directory.get(call.lookup);
  const response = await send(call, used, deps);
  if (response.status !== 401) return response;
  const current = await readAgain(call, used, response, deps);
  const isSameToken = current.tokenFingerprint === used.tokenFingerprint;
  if (isSameToken) return answerToNewestToken(response, used, deps);
  await discard(response);
  if (!isRepeatable(call.init)) throw tokenReplaced(used, 'Call again, with a new stream.');
  return answerToNewestToken(await send(call, current, deps), current, deps);
}

/** The connection as it is now. When it cannot be had, nobody will read the answer, whose socket would stay open. */
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

/** The answer to the newest token that there is. When it says that this one is dead, too, that is remembered and thrown. */
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
