import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** Node says of each HTTP request of this process that it is sent. */
const SENT = 'http.client.request.start';

/**
 * The calls to AWS that leave this process meanwhile, in their order, such as `PutItem`.
 *
 * @see {@link https://nodejs.org/api/diagnostics_channel.html#http Built-in channels}
 */
export async function awsCallsOf(act: () => Promise<unknown>): Promise<readonly string[]> {
  const calls: string[] = [];
  const note = (message: unknown) => {
    const { request } = message as { readonly request: ClientRequest };
    const target = request.getHeader('x-amz-target');
    if (typeof target === 'string') calls.push(target.replace(/.*\./, ''));
  };
  subscribe(SENT, note);
  try {
    await act();
  } finally {
    unsubscribe(SENT, note);
  }
  return calls;
}
