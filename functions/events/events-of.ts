import { missingScopes, type ScopeSet, sameScopes } from '../pim/scopes.ts';
import type { AppEvent, DisconnectionReason, EventDetail, EventType } from './app-event.ts';
import type { ConnectionImage } from './connection-image.ts';
import type { StreamChange } from './stream-change.ts';

/** An event before it is numbered. */
type EventBody =
  | { readonly type: 'App Connected' | 'App Opened' }
  | { readonly type: 'Scopes Changed'; readonly previousGrantedScopes: ScopeSet }
  | { readonly type: 'App Disconnected'; readonly reason: DisconnectionReason };

/**
 * What a change of a row means to others: none, one or two events, in the order in which they are to be told.
 *
 * * `App Connected`: the row is new, or was dead and is alive again. That the App was opened goes without saying.
 * * `App Opened`: opened again, with the token it had or with another one.
 * * `Scopes Changed`: other scopes are granted than before; follows one of the two above.
 * * `App Disconnected`: the token is dead, or the row was removed.
 *
 * Everything else, a health check above all, gives nothing.
 */
export function eventsOf(change: StreamChange): readonly AppEvent[] {
  const image = change.after ?? change.before;
  if (!image) return [];
  return eventBodies(change).map((body, index) =>
    eventOf(body, detailOf(image, change, body.type, index)),
  );
}

function eventBodies({ before, after }: StreamChange): readonly EventBody[] {
  if (!after) return [disconnected('removed')];
  if (after.status !== 'connected')
    return before?.status === 'connected' ? [disconnected(after.status)] : [];
  return [...arrival(after, before), ...otherScopes(after, before)];
}

function arrival(after: ConnectionImage, before: ConnectionImage | undefined): EventBody[] {
  if (before?.status !== 'connected') return [{ type: 'App Connected' }];
  return after.lastOpenedAt === before.lastOpenedAt ? [] : [{ type: 'App Opened' }];
}

function otherScopes(after: ConnectionImage, before: ConnectionImage | undefined): EventBody[] {
  if (!before || sameScopes(before.grantedScopes, after.grantedScopes)) return [];
  return [{ type: 'Scopes Changed', previousGrantedScopes: before.grantedScopes }];
}

function disconnected(reason: DisconnectionReason): EventBody {
  return { type: 'App Disconnected', reason };
}

function eventOf(body: EventBody, detail: EventDetail): AppEvent {
  switch (body.type) {
    case 'Scopes Changed': {
      const { type, previousGrantedScopes } = body;
      return { type, detail: { ...detail, previousGrantedScopes } };
    }
    case 'App Disconnected':
      return { type: body.type, detail: { ...detail, reason: body.reason } };
    case 'App Connected':
    case 'App Opened':
      return { type: body.type, detail };
  }
}

function detailOf(
  { pim, clientId, grantedScopes, requestedScopes }: ConnectionImage,
  { id, sequence, at }: StreamChange,
  type: EventType,
  index: number,
): EventDetail {
  return {
    id: `${id}:${type}`,
    sequence: `${sequence}.${index}`,
    pim,
    clientId,
    grantedScopes,
    requestedScopes,
    missingScopes: missingScopes(requestedScopes, grantedScopes),
    at,
  };
}
