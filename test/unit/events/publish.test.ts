import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AppEvent } from '../../../functions/events/app-event.ts';
import {
  eventBatches,
  MAX_CALL_BYTES,
  MAX_ENTRIES,
  type PendingEvent,
} from '../../../functions/events/publish.ts';
import { scopeSet } from '../../../functions/pim/scopes.ts';

function opened(pim: string, number: number, bytes = 0): PendingEvent {
  const none = scopeSet([]);
  const event: AppEvent = {
    type: 'App Opened',
    detail: {
      id: String(number),
      sequence: String(number),
      pim,
      clientId: 'client',
      grantedScopes: none,
      requestedScopes: none,
      missingScopes: none,
      at: 'x'.repeat(bytes),
    },
  };
  return { event, sequenceNumber: String(number) };
}

const detailBytes = (batch: readonly PendingEvent[]) =>
  Buffer.byteLength(batch.map(({ event }) => JSON.stringify(event.detail)).join(''));
const pimOf = ({ event }: PendingEvent) => event.detail.pim;

describe('the calls of PutEvents', () => {
  it('hold every event once, in order, ten at most and none of the same connection', () => {
    const pims = fc.array(fc.integer({ min: 0, max: 15 }).map(String), { maxLength: 60 });
    fc.assert(
      fc.property(pims, (names) => {
        const events = names.map((name, number) => opened(name, number));
        const batches = eventBatches(events);
        expect(batches.flat()).toEqual(events);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(MAX_ENTRIES);
          expect(new Set(batch.map(pimOf)).size).toBe(batch.length);
        }
      }),
    );
  });

  it('are filled to ten events when every PIM is another', () => {
    const events = Array.from({ length: 100 }, (_, number) => opened(`pim-${number}`, number));
    expect(eventBatches(events)).toHaveLength(10);
  });

  it('hold fewer bytes than EventBridge takes, unless a single event is larger', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: MAX_CALL_BYTES + 2_000 }), { maxLength: 20 });
    fc.assert(
      fc.property(sizes, (bytes) => {
        const events = bytes.map((size, number) => opened(`pim-${number}`, number, size));
        const batches = eventBatches(events);
        expect(batches.flat()).toEqual(events);
        const shared = batches.filter(({ length }) => length > 1);
        for (const batch of shared) expect(detailBytes(batch)).toBeLessThan(MAX_CALL_BYTES);
      }),
    );
  });

  it('are filled up to their bytes', () => {
    const events = Array.from({ length: 30 }, (_, n) => opened(`pim-${n}`, n, MAX_CALL_BYTES / 6));
    expect(eventBatches(events).map(({ length }) => length)).toEqual([5, 5, 5, 5, 5, 5]);
  });

  it('are none when there is nothing to publish', () => {
    expect(eventBatches([])).toEqual([]);
  });
});
