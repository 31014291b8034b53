import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { playFault } from './faults/play-fault.ts';
import type { Answer } from './http/answer.ts';
import { smallPage } from './http/pages.ts';
import { readPimRequest, urlOf } from './http/pim-request.ts';
import { dispatch } from './http/router.ts';
import { writeAnswer } from './http/write-answer.ts';
import type { Pim } from './pim.ts';
import { ROUTES } from './routes.ts';
import type { RecordedRequest } from './simulated-pim.ts';

/**
 * Serves a PIM to a Node server.
 *
 * @param requests where every request is noted, before anything else happens to it
 */
export function requestListener(pim: Pim, requests: RecordedRequest[]): RequestListener {
  return (message, response) => {
    const { method = 'GET' } = message;
    requests.push({ method, path: urlOf(message).pathname, at: pim.now() });
    serve(pim, message, response).catch(() => giveUp(response));
  };
}

async function serve(pim: Pim, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await readPimRequest(message, pim.path);
  const answer = (): Promise<Answer> => dispatch(ROUTES, pim, request);
  const fault = pim.faults.take(request.path);
  if (fault) return playFault(fault, { pim, request, response, answer });
  writeAnswer(response, await answer());
}

function giveUp(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else writeAnswer(response, smallPage(500, 'Internal server error', '<p>The PIM is broken.</p>'));
}
