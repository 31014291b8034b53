import {
  DISCONNECTION_REASONS,
  EVENT_SOURCE,
  type EVENT_TYPES,
  type EventType,
} from './app-event.ts';

/** The few words of JSON Schema that the schemas of the events need. */
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

const SCOPES: JsonSchema = { type: 'array', items: { type: 'string' } };

/** Members of every `detail`. */
const COMMON: Readonly<Record<string, JsonSchema>> = {
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

const MORE: Readonly<Record<EventType, Readonly<Record<string, JsonSchema>>>> = {
  'App Connected': {},
  'App Opened': {},
  'Scopes Changed': { previousGrantedScopes: SCOPES },
  'App Disconnected': { reason: { type: 'string', enum: DISCONNECTION_REASONS } },
};

/**
 * What consumers may rely on, by type: every named member is there. Members may be added without notice, so
 * unknown ones are to be ignored. Draft 4 is what EventBridge's schema registry takes.
 *
 * @see {@link https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema.html EventBridge schemas}
 */
export const EVENT_SCHEMAS: Readonly<Record<EventType, JsonSchema>> = {
  'App Connected': schemaOf('App Connected'),
  'App Opened': schemaOf('App Opened'),
  'Scopes Changed': schemaOf('Scopes Changed'),
  'App Disconnected': schemaOf('App Disconnected'),
};

function schemaOf(type: (typeof EVENT_TYPES)[number]): JsonSchema {
  const detail = objectOf({ ...COMMON, ...MORE[type] });
  const event = objectOf({ source: only(EVENT_SOURCE), 'detail-type': only(type), detail });
  return { $schema: 'http://json-schema.org/draft-04/schema#', title: type, ...event };
}

function objectOf(properties: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return { type: 'object', required: Object.keys(properties), properties };
}

function only(value: string): JsonSchema {
  return { type: 'string', enum: [value] };
}
