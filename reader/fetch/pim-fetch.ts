import type { Connection } from '../connection.ts';
import type { ConnectionDirectory } from '../directory/connection-directory.ts';
import type { DeadTokens } from '../directory/dead-tokens.ts';
import type { Lookup } from '../directory/lookup.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { CallSlots } from './call-slots.ts';
import { discard } from './discard.ts';
import { holdUntilReceived } from './hold-until-received.ts';
import { urlInPim } from './pim-path.ts';
import { isRepeatable, type PimRequestInit, sendWithToken } from './pim-request.ts';
import { type RateLimitDeps, sendWithinRateLimit } from './rate-limit.ts';
import { readRefusal } from './refusal.ts';

/** What helps when the newest token is known to the PIM alone. */
const OPEN_ONCE = 'Let a PIM user open the App once, which stores the new one.';

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
  const { pim, clientId } = await deps.directory.get(lookup);
  const release = await deps.slots.acquire(JSON.stringify([pim, clientId]), init.signal);
  try {
    return holdUntilReceived(await attempt(call, deps), release);
  } catch (error) {
    release();
    throw error;
  }
}

/** The connection is looked up here, not before the wait for a slot, in which its token may have been replaced. */
async function attempt(call: Call, deps: PimFetchDeps): Promise<Response> {
  const used = await deps.directory.get(call.lookup);
  const response = await send(call, used, deps);
  if (response.status !== 401) return response;
  const current = await lookAgain(call, used, response, deps);
  if (current.tokenFingerprint === used.tokenFingerprint) return settle(response, used, deps);
  await discard(response);
  if (!isRepeatable(call.init)) throw tokenReplaced(used, 'Call again, with a new stream.');
  return settle(await send(call, current, deps), current, deps);
}

/** The connection as it is now. When it cannot be had, nobody will read the answer, whose socket would stay open. */
async function lookAgain(
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
  const { pim, clientId, status, accessToken } = connection;
  if (status === 'disconnected') throw await deps.deadTokens.refuse(connection);
  if (status === 'replaced') throw tokenReplaced(connection, OPEN_ONCE);
  const { url, init } = call;
  return sendWithinRateLimit(
    {
      pim,
      clientId,
      isRepeatable: isRepeatable(init),
      signal: init.signal ?? undefined,
      send: () => sendWithToken(url, init, accessToken),
    },
    deps,
  );
}

/** The answer to the newest token that there is. */
async function settle(
  response: Response,
  connection: Connection,
  deps: PimFetchDeps,
): Promise<Response> {
  if (response.status !== 401) return response;
  const refusal = await readRefusal(response);
  if (refusal === 'other') return response;
  await discard(response);
  if (refusal === 'app-disconnected') throw await deps.deadTokens.bury(connection);
  deps.deadTokens.noteReplaced(connection);
  throw tokenReplaced(connection, OPEN_ONCE);
}

function tokenReplaced({ pim, clientId }: Connection, next: string): ConnectionError {
  const message = `${pim} has replaced the token by another. ${next}`;
  return new ConnectionError('token_replaced', message, { pim, clientId });
}
