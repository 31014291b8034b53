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

export type EventType = (typeof EVENT_TYPES)[number];

/** Why an App is no longer connected: the new status of the connection, or that its row was removed. */
export type DisconnectionReason = Exclude<ConnectionStatus, 'connected'> | 'removed';

const REASONS: readonly DisconnectionReason[] = ['disconnected', 'replaced', 'removed'];

/** What every event holds. Nothing in it is secret, or would identify a token. */
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

/** A change of a connection that other services may care about. */
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

/** The part of JSON Schema that the schemas of the events use. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type: 'object' | 'array' | 'string';
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: 'date-time' | 'uri';
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

/**
 * What consumers may rely on: every member that the schema names is there. Members may be added without notice, so
 * consumers ignore unknown ones. Draft 4 is what EventBridge's schema registry takes.
 *
 * It is a function, so that no bundle carries the schemas.
 *
 * @see {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html EventBridge schemas}
 */
export function eventSchema(type: EventType): JsonSchema {
  const detail = objectOf({ ...commonMembers(), ...ownMembers(type) });
  const event = objectOf({ source: only(EVENT_SOURCE), 'detail-type': only(type), detail });
  return { $schema: 'http://json-schema.org/draft-04/schema#', title: type, ...event };
}

const SCOPES: JsonSchema = { type: 'array', items: { type: 'string' } };

function commonMembers(): Record<keyof EventDetail, JsonSchema> {
  return {
    id: { type: 'string', description: 'The same whenever the same event is delivered.' },
    sequence: {
      type: 'string',
      pattern: '^[0-9]{40}\\.[0-9]$',
      description: 'Of two events of one connection, the later one has the greater text.',
    },
    pim: { type: 'string', format: 'uri' },
    clientId: { type: 'string' },
    grantedScopes: SCOPES,
    requestedScopes: SCOPES,
    missingScopes: { ...SCOPES, description: 'Requested, but not covered by the grant.' },
    at: { type: 'string', format: 'date-time' },
  };
}

function ownMembers(type: EventType): Record<string, JsonSchema> {
  if (type === 'Scopes Changed') return { previousGrantedScopes: SCOPES };
  return type === 'App Disconnected' ? { reason: { type: 'string', enum: REASONS } } : {};
}

function objectOf(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties };
}

function only(value: string): JsonSchema {
  return { type: 'string', enum: [value] };
}
