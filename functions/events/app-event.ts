import type { ConnectionStatus } from '../activation/connection-status.ts';
import type { ScopeSet } from '../pim/scopes.ts';

/** The `source` of every event. */
export const EVENT_SOURCE = 'akeneo-app-activation';

/** The `detail-type` of the events. */
export const EVENT_TYPES = [
  'App Connected',
  'App Opened',
  'Scopes Changed',
  'App Disconnected',
] as const;

/** One of {@link EVENT_TYPES}. */
export type EventType = (typeof EVENT_TYPES)[number];

/** Why an App is no longer connected: what the PIM said of its token, or that the record was removed. */
export const DISCONNECTION_REASONS = ['disconnected', 'replaced', 'removed'] as const;

/** One of {@link DISCONNECTION_REASONS}. */
export type DisconnectionReason = Exclude<ConnectionStatus, 'connected'> | 'removed';

/** What every event tells. There is no secret in it, and nothing that a token could be recognised by. */
export interface EventDetail {
  /** The same whenever the same event is delivered: the change in the stream, and the event's type. */
  readonly id: string;
  /** Of two events of one connection, the later one has the greater text. */
  readonly sequence: string;
  /** The PIM's address in its canonical spelling. */
  readonly pim: string;
  readonly clientId: string;
  readonly grantedScopes: ScopeSet;
  /** What the App asked for when it was last opened. */
  readonly requestedScopes: ScopeSet;
  /** Requested, but not covered by the grant. */
  readonly missingScopes: ScopeSet;
  /** When the change was recorded, to the second, ISO 8601 in UTC. */
  readonly at: string;
}

/** Something that became of a connection. */
export type AppEvent =
  | { readonly type: 'App Connected' | 'App Opened'; readonly detail: EventDetail }
  | {
      readonly type: 'Scopes Changed';
      readonly detail: EventDetail & { readonly previousGrantedScopes: ScopeSet };
    }
  | {
      readonly type: 'App Disconnected';
      readonly detail: EventDetail & { readonly reason: DisconnectionReason };
    };
