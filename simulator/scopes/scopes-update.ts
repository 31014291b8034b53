import { authenticate } from '../api/bearer.ts';
import { type Answer, json } from '../http/answer.ts';
import { parameter } from '../http/pim-request.ts';
import type { Exchange } from '../http/router.ts';
import { newScopes } from './hierarchy.ts';
import { parseRequestedScopes } from './scope-list.ts';

/**
 * `POST /connect/apps/v1/scopes/update`: the App announces which scopes it wants. If one of them
 * is new, managers see a warning; no right changes. The answer is `"Ok"` whatever was asked.
 *
 * @see docs/pim-contract.md §3.5
 */
export function announceScopes({ pim, request }: Exchange): Answer {
  const token = authenticate(pim, request);
  if ('status' in token) return token;
  const app = pim.connectedApps.find(token.clientId);
  const announced = parseRequestedScopes(parameter(request.query, 'scopes') ?? '', pim.knownScopes);
  if (app && newScopes(announced.authorization, app.scopes).length > 0) {
    app.hasOutdatedScopes = true;
  }
  return json(200, 'Ok');
}
