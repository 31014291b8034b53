import { missingScopes, type ScopeSet, sameScopes } from '../pim/scopes.ts';
import type { AppEvent, DisconnectionReason, EventDetail, EventType } from './app-event.ts';
import type { ConnectionImage } from './connection-image.ts';
import type { StreamChange } from './stream-change.ts';

/** An event before it is numbered. */
type Happening =
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
  return happenings(change).map((happening, index) =>
    eventOf(happening, detailOf(image, change, happening.type, index)),
  );
}

function happenings({ before, after }: StreamChange): readonly Happening[] {
  if (!after) return [disconnected('removed')];
  if (after.status !== 'connected')
    return before?.status === 'connected' ? [disconnected(after.status)] : [];
  return [...arrival(after, before), ...otherScopes(after, before)];
}

function arrival(after: ConnectionImage, before: ConnectionImage | undefined): Happening[] {
  if (before?.status !== 'connected') return [{ type: 'App Connected' }];
  return after.lastOpenedAt === before.lastOpenedAt ? [] : [{ type: 'App Opened' }];
}

function otherScopes(after: ConnectionImage, before: ConnectionImage | undefined): Happening[] {
  if (!before || sameScopes(before.grantedScopes, after.grantedScopes)) return [];
  return [{ type: 'Scopes Changed', previousGrantedScopes: before.grantedScopes }];
}

function disconnected(reason: DisconnectionReason): Happening {
  return { type: 'App Disconnected', reason };
}

function eventOf(happening: Happening, detail: EventDetail): AppEvent {
  switch (happening.type) {
    case 'Scopes Changed': {
      const { type, previousGrantedScopes } = happening;
      return { type, detail: { ...detail, previousGrantedScopes } };
    }
    case 'App Disconnected':
      return { type: happening.type, detail: { ...detail, reason: happening.reason } };
    case 'App Connected':
    case 'App Opened':
      return { type: happening.type, detail };
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
