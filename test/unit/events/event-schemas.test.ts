import { readFileSync } from 'node:fs';
import { Validator } from '@cfworker/json-schema';
import { describe, expect, it } from 'vitest';
import {
  type AppEvent,
  EVENT_SOURCE,
  EVENT_TYPES,
  type EventType,
  eventSchema,
  type JsonSchema,
} from '../../../functions/events/app-event.ts';
import { eventsOf } from '../../../functions/events/events-of.ts';
import { readStreamRecord } from '../../../functions/events/stream-record.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { text } from '../../../functions/tables/row.ts';
import { recordedTable } from './support/recorded-table.ts';

const page = readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```json\n(.*?)```/gs)].map(
  ([, json = '']) => JSON.parse(json) as Record<string, unknown>,
);

/** Every type and every reason at least once. */
async function producedEvents(): Promise<readonly AppEvent[]> {
  const table = await recordedTable();
  await table.save();
  await table.reopen();
  await table.save({ granted: 'write_categories' });
  await table.set({ status: text('replaced') });
  await table.reopen();
  await table.set({ status: text('disconnected') });
  await table.remove();
  return table.records.flatMap((record) => eventsOf(wellFormed(readStreamRecord(record))));
}

const onTheBus = ({ type, detail }: AppEvent) => ({
  source: EVENT_SOURCE,
  'detail-type': type,
  detail: JSON.parse(JSON.stringify(detail)) as Record<string, unknown>,
});

/** The members of `detail` that a schema names. */
function membersOf({ properties = {} }: JsonSchema): string[] {
  return Object.keys(properties['detail']?.properties ?? {}).sort();
}

/** Where an event breaks its schema, and how. */
function violations(type: EventType, event: unknown): string[] {
  // The validator's own type of a schema has no readonly list.
  const schema = JSON.parse(JSON.stringify(eventSchema(type)));
  const { errors } = new Validator(schema, '4', false).validate(event);
  return errors
    .filter(({ keyword }) => keyword !== 'properties')
    .map(({ instanceLocation, error }) => `${instanceLocation} ${error}`);
}

describe('the schema', () => {
  it('of each type is kept by what is produced, which has no member beyond it', async () => {
    const events = await producedEvents();
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set(EVENT_TYPES));
    for (const event of events) {
      expect(violations(event.type, onTheBus(event))).toEqual([]);
      expect(Object.keys(event.detail).sort()).toEqual(membersOf(eventSchema(event.type)));
    }
  });

  it.each(EVENT_TYPES)('of %s refuses an event of another type or without its members', (type) => {
    expect(violations(type, { source: 'other', 'detail-type': 'x' })).toEqual([
      '# Instance does not have required property "detail".',
      `#/source Instance does not match any of ["${EVENT_SOURCE}"].`,
      `#/detail-type Instance does not match any of ["${type}"].`,
    ]);
    const empty = { source: EVENT_SOURCE, 'detail-type': type, detail: {} };
    const missing = membersOf(eventSchema(type)).map(
      (name) => `#/detail Instance does not have required property "${name}".`,
    );
    expect(violations(type, empty).toSorted()).toEqual(missing);
  });
});

describe('docs/events.md', () => {
  it('shows each schema as it is in the code', () => {
    const schemas = blocks.filter((block) => '$schema' in block);
    expect(schemas).toEqual(EVENT_TYPES.map((type) => eventSchema(type)));
  });

  it('shows an event of each type that keeps its schema', () => {
    const examples = blocks.filter((block) => 'detail-type' in block && 'detail' in block);
    expect(examples.map((example) => example['detail-type'])).toEqual(EVENT_TYPES);
    for (const [index, type] of EVENT_TYPES.entries())
      expect(violations(type, examples[index])).toEqual([]);
  });
});
