import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../functions/events/events-of.ts';
import { readStreamRecord } from '../../../functions/events/stream-record.ts';
import { HEALTHS } from '../../../functions/health/health.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { number, text } from '../../../functions/tables/row.ts';
import { marksIn } from '../../support/canary.ts';
import { recordedTable } from './support/recorded-table.ts';

const eventsIn = (record: DynamoDBRecord) => eventsOf(wellFormed(readStreamRecord(record)));
const typesOf = (record: DynamoDBRecord) => eventsIn(record).map(({ type }) => type);

describe('the first connection of a PIM', () => {
  it('is one event with all members', async () => {
    const table = await recordedTable();
    expect(eventsIn(await table.save())).toEqual([
      {
        type: 'App Connected',
        detail: {
          id: 'event-0:App Connected',
          sequence: '0000000000000000004415684800000000000000.0',
          pim: 'https://pim.example',
          clientId: 'client',
          grantedScopes: ['read_products'],
          requestedScopes: ['read_products', 'write_categories'],
          missingScopes: ['write_categories'],
          at: '2026-03-02T08:00:00.000Z',
        },
      },
    ]);
  });
});

describe('a connected App', () => {
  it('that is opened again gives App Opened', async () => {
    const table = await recordedTable();
    await table.save();
    expect(typesOf(await table.reopen())).toEqual(['App Opened']);
  });

  it('that has other scopes gives App Opened, then Scopes Changed', async () => {
    const table = await recordedTable();
    await table.save();
    const granted = 'write_categories read_products';
    const [opened, changed] = eventsIn(await table.save({ granted }));
    expect(opened).toMatchObject({ type: 'App Opened', detail: { missingScopes: [] } });
    expect(changed).toMatchObject({
      type: 'Scopes Changed',
      detail: {
        previousGrantedScopes: ['read_products'],
        grantedScopes: ['read_products', 'write_categories'],
      },
    });
    expect(changed && opened && changed.detail.sequence > opened.detail.sequence).toBe(true);
  });

  it('whose scopes come in another order gives nothing', async () => {
    const table = await recordedTable();
    await table.save({ granted: 'read_products write_categories' });
    const record = await table.set({ grantedScopes: text('write_categories read_products') });
    expect(typesOf(record)).toEqual([]);
  });

  it.each(['disconnected', 'replaced'] as const)(
    'that is marked %s gives App Disconnected',
    async (status) => {
      const table = await recordedTable();
      await table.save();
      const record = await table.set({ status: text(status), health: text(status) });
      expect(eventsIn(record)).toMatchObject([
        { type: 'App Disconnected', detail: { reason: status } },
      ]);
    },
  );

  it('that is removed gives App Disconnected', async () => {
    const table = await recordedTable();
    await table.save();
    const [event] = eventsIn(await table.remove());
    expect(event).toMatchObject({
      type: 'App Disconnected',
      detail: { reason: 'removed', pim: 'https://pim.example', grantedScopes: ['read_products'] },
    });
  });
});

describe('a connection that has ended', () => {
  it('gives App Connected when it works again, and Scopes Changed if the scopes are others', async () => {
    const table = await recordedTable();
    await table.save();
    await table.set({ status: text('disconnected') });
    expect(typesOf(await table.reopen())).toEqual(['App Connected']);
    await table.set({ status: text('replaced') });
    const record = await table.save({ granted: 'write_categories' });
    expect(typesOf(record)).toEqual(['App Connected', 'Scopes Changed']);
  });

  it('gives nothing when its status changes to the other reason', async () => {
    const table = await recordedTable();
    await table.save();
    await table.set({ status: text('replaced') });
    expect(typesOf(await table.set({ status: text('disconnected') }))).toEqual([]);
  });
});

describe('a change that gives no event', () => {
  it('is a check of the health, whatever it finds', async () => {
    const table = await recordedTable();
    await table.save();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...HEALTHS),
        fc.date({ noInvalidDate: true }),
        async (health, at) => {
          const checked = {
            health: text(health),
            checkedAt: text(at.toISOString()),
            consecutiveInvalid: number(1),
          };
          expect(typesOf(await table.set(checked))).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is a flow that leads to the same connection', async () => {
    const table = await recordedTable();
    await table.save();
    expect(typesOf(await table.set({ lastFlow: text('another') }))).toEqual([]);
  });
});

describe('an event', () => {
  it('holds neither token nor ciphertext nor fingerprint', async () => {
    const table = await recordedTable();
    await table.save();
    await table.save({ granted: 'write_categories' });
    await table.set({ status: text('replaced') });
    await table.remove();
    const fingerprint = table.records[0]?.dynamodb?.NewImage?.['tokenFingerprint']?.S ?? '';
    const shown = JSON.stringify(table.records.map(eventsIn));
    expect(marksIn(JSON.stringify(table.records))).toEqual(['token']);
    expect(marksIn(shown)).toEqual([]);
    expect(fingerprint).toHaveLength(32);
    expect(shown).not.toContain(fingerprint);
  });

  it('is the same each time that its record is read', async () => {
    const table = await recordedTable();
    const record = await table.save();
    expect(eventsIn(structuredClone(record))).toEqual(eventsIn(record));
  });
});

// The record of the change that repairs a row holds the malformed image, too, and was once skipped for it.
describe('a row that was malformed', () => {
  it.each([
    ['status', text('gone')],
    ['grantedScopes', number(7)],
    ['requestedScopes', number(7)],
  ])('gives App Connected when opening the App has repaired its %s', async (name, value) => {
    const table = await recordedTable();
    await table.save();
    await table.set({ [name]: value });
    expect(typesOf(await table.save())).toEqual(['App Connected']);
  });

  it('gives App Disconnected when it is removed, with its key', async () => {
    const table = await recordedTable();
    await table.save();
    await table.set({ grantedScopes: number(7) });
    const [removed] = eventsIn(await table.remove());
    expect(removed).toMatchObject({
      type: 'App Disconnected',
      detail: {
        pim: 'https://pim.example',
        clientId: 'client',
        grantedScopes: [],
        requestedScopes: ['read_products', 'write_categories'],
        reason: 'removed',
      },
    });
  });
});

describe('a malformed record', () => {
  it.each(['status', 'pim', 'grantedScopes', 'lastOpenedAt'])(
    'names its attribute: %s',
    async (name) => {
      const table = await recordedTable();
      const record = await table.save();
      const image = { ...record.dynamodb?.NewImage, [name]: { N: '7' } };
      const broken = { ...record, dynamodb: { ...record.dynamodb, NewImage: image } };
      expect(() => eventsIn(broken)).toThrow(`A row of Connections has no usable "${name}".`);
    },
  );

  it('is one of a stream without images', () => {
    expect(() => eventsIn({ eventID: '1', dynamodb: { SequenceNumber: '1' } })).toThrow(TypeError);
  });
});
