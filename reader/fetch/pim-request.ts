import type { AccessToken } from '../../functions/pim/credentials.ts';

/** What `fetch` takes besides the path: the global `fetch`'s own settings, and which client id is meant. */
export interface PimRequestInit extends Omit<RequestInit, 'redirect'> {
  /** For a PIM with several connections of the App. @default the reader's own client id */
  readonly clientId?: string;
}

/** True unless the body is a stream, which is gone once it was sent. */
export function isRepeatable({ body }: PimRequestInit): boolean {
  return !(typeof body === 'object' && body !== null && Symbol.asyncIterator in body);
}

/**
 * Sends one request with the token. A redirect is handed back as it is: following it could carry the token to another
 * host.
 */
export function sendWithToken(
  url: URL,
  init: PimRequestInit,
  accessToken: AccessToken,
): Promise<Response> {
  const headers = new Headers(init.headers);
  // Behind a shared front end, a Host of the caller's could lead the token to another tenant.
  headers.delete('host');
  headers.set('authorization', `Bearer ${accessToken.reveal()}`);
  return fetch(url, { ...init, headers, redirect: 'manual' });
}
