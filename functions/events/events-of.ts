import { missingScopes, type ScopeSet, sameScopes } from '../pim/scopes.ts';
import type { AppEvent, DisconnectionReason, EventDetail, EventType } from './app-event.ts';
import type { ConnectionImage, StreamChange } from './stream-record.ts';

/** An event without what all events have in common. */
type EventBody =
  | { readonly type: 'App Connected' | 'App Opened' }
  | { readonly type: 'Scopes Changed'; readonly previousGrantedScopes: ScopeSet }
  | { readonly type: 'App Disconnected'; readonly reason: DisconnectionReason };

/**
 * The events of one change of a row: none, one or two, in the order in which they are to be published.
 *
 * * `App Connected`: the row is new, or the connection had ended and works again. `App Opened` does not follow.
 * * `App Opened`: opened again, with the token it had or with another one.
 * * `Scopes Changed`: other scopes are granted than before; follows one of the two above.
 * * `App Disconnected`: the PIM no longer accepts the token, or the row was removed.
 *
 * Every other change, such as a health check, has no event.
 */
export function eventsOf(change: StreamChange): readonly AppEvent[] {
  return eventBodies(change).map((body, index) =>
    eventOf(body, detailOf(change, body.type, index)),
  );
}

function eventBodies({ before, after }: StreamChange): readonly EventBody[] {
  if (!after) return [disconnected('removed')];
  if (after.status !== 'connected')
    return before?.status === 'connected' ? [disconnected(after.status)] : [];
  return [...connectedOrOpened(after, before), ...scopesChanged(after, before)];
}

function disconnected(reason: DisconnectionReason): EventBody {
  return { type: 'App Disconnected', reason };
}

function connectedOrOpened(after: ConnectionImage, before?: ConnectionImage): EventBody[] {
  if (before?.status !== 'connected') return [{ type: 'App Connected' }];
  return after.lastOpenedAt === before.lastOpenedAt ? [] : [{ type: 'App Opened' }];
}

function scopesChanged(after: ConnectionImage, before?: ConnectionImage): EventBody[] {
  if (!before || sameScopes(before.grantedScopes, after.grantedScopes)) return [];
  return [{ type: 'Scopes Changed', previousGrantedScopes: before.grantedScopes }];
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
  { id, sequence, at, connection }: StreamChange,
  type: EventType,
  index: number,
): EventDetail {
  const { pim, clientId, grantedScopes, requestedScopes } = connection;
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
