import type { ClientRequest, IncomingMessage } from 'node:http';

/** The head of the answer to a request; rejects when there will be none. */
export function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // Stays attached: an error after the response would otherwise be an uncaught exception.
    request.on('error', reject);
    // A connection can end without response and error, as when the other side switches protocols.
    request.once('close', () => reject(new Error('closed without a response')));
  });
}
