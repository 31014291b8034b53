import { describe, expect, it } from 'vitest';
import {
  BrowserKey,
  FLOW_LIFETIME_MS,
  type Flow,
  randomText,
  State,
} from '../../functions/activation/flow.ts';
import type { FlowStore } from '../../functions/activation/ports.ts';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { PimUrl } from '../../functions/pim/pim-url.ts';
import { parseScope } from '../../functions/pim/scopes.ts';

const NOW = Date.parse('2026-03-01T12:00:00.250Z');
const pim = checked('https://my.cloud.akeneo.com/pim');
const browserHash = BrowserKey.generate(randomText).hash();
const anotherBrowser = BrowserKey.generate(randomText).hash();
const caller = { browserHashes: [browserHash], callbackId: undefined };
const ID = 'a'.repeat(26);
const OTHER_ID = 'b'.repeat(26);

function checked(url: string): PimUrl {
  const parsed = PimUrl.parse(url, { dangerouslyAllowHttpOnLoopback: false });
  if (isMalformed(parsed)) throw new Error(parsed.problem);
  return parsed;
}

function newFlow(changes: Partial<Flow> = {}): Flow {
  return {
    id: State.generate(randomText).hash(),
    pim,
    clientId: '2ad8b0a5-3f0d-4f2c-9df9-6f0d8f0f2c11',
    scopes: parseScope('read_products write_categories'),
    appUrl: 'https://app.example.com/?from=pim',
    browserHash,
    attempt: 1,
    startedAt: NOW,
    expiresAt: NOW + FLOW_LIFETIME_MS,
    ...changes,
  };
}

/** What every flow store promises; run it against each implementation. */
export function flowStoreContract(name: string, open: () => FlowStore): void {
  describe(`${name} as a flow store`, () => {
    it('gives back a flow as it was put, without an app URL too', async () => {
      const store = open();
      const { appUrl: _appUrl, ...withoutAppUrl } = newFlow();
      for (const flow of [newFlow(), withoutAppUrl]) {
        await store.put(flow);
        const stored = await store.find(flow.id);
        expect(stored?.status).toBe('pending');
        expect({ ...stored?.flow, pim: stored?.flow.pim.toString() }).toEqual({
          ...flow,
          pim: flow.pim.toString(),
          expiresAt: wholeSecond(flow.expiresAt),
        });
      }
    });

    it('never overwrites a flow, so that a write which comes twice cannot revive a used one', async () => {
      const store = open();
      const flow = newFlow();
      await store.put(flow);
      await store.consume(flow.id, caller, NOW + 1);
      await store.put(flow);
      expect((await store.find(flow.id))?.status).toBe('consumed');
    });

    it('lets this browser consume a pending flow, and says when', async () => {
      const store = open();
      const flow = newFlow();
      await store.put(flow);
      const consumption = await store.consume(flow.id, caller, NOW + 5_000);
      expect(consumption).toMatchObject({ kind: 'consumed', flow: { consumedAt: NOW + 5_000 } });
      expect(consumption.kind === 'consumed' && consumption.flow.pim.toString()).toBe(
        pim.toString(),
      );
    });

    it('lets exactly one of fifty concurrent callers consume a flow', async () => {
      const store = open();
      const flow = newFlow();
      await store.put(flow);
      const attempts = Array.from({ length: 50 }, () => store.consume(flow.id, caller, NOW + 1));
      const kinds = (await Promise.all(attempts)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === 'consumed')).toHaveLength(1);
      expect(kinds.filter((kind) => kind === 'used')).toHaveLength(49);
    });

    it('remembers that the page of a flow was shown', async () => {
      const store = open();
      const flow = newFlow();
      await store.put(flow);
      const consumed = await store.consume(flow.id, caller, NOW + 1);
      expect(consumed).toMatchObject({ flow: { wasShown: false } });
      const times = await Promise.all([store.show(flow.id), store.show(flow.id)]);
      expect(times.toSorted()).toEqual([false, true]);
      expect(await store.show(flow.id)).toBe(false);
      expect(await store.find(flow.id)).toMatchObject({ flow: { wasShown: true } });
      const again = await store.consume(flow.id, caller, NOW + 1);
      expect(again).toMatchObject({ kind: 'used', flow: { wasShown: true } });
    });

    it('remembers nothing of a flow that is not there', async () => {
      const store = open();
      const { id } = newFlow();
      expect(await store.show(id)).toBe(false);
      expect(await store.find(id)).toBeUndefined();
    });

    it('refuses a consumed flow and tells when it was consumed', async () => {
      const store = open();
      const flow = newFlow();
      await store.put(flow);
      await store.consume(flow.id, caller, NOW + 1);
      const again = await store.consume(flow.id, caller, NOW + FLOW_LIFETIME_MS * 2);
      expect(again).toMatchObject({ kind: 'used', flow: { consumedAt: NOW + 1 } });
    });

    it('refuses a flow that has expired but was not swept away yet', async () => {
      const store = open();
      const flow = newFlow();
      await store.put(flow);
      const late = await store.consume(flow.id, caller, flow.expiresAt);
      expect(late).toMatchObject({ kind: 'expired', flow: { clientId: flow.clientId } });
      expect((await store.find(flow.id))?.status).toBe('pending');
    });

    it('refuses another browser, says nothing of the flow, and leaves it to its owner', async () => {
      const store = open();
      const flow = newFlow();
      await store.put(flow);
      expect(
        await store.consume(flow.id, { ...caller, browserHashes: [anotherBrowser] }, NOW + 1),
      ).toEqual({
        kind: 'other-browser',
      });
      expect((await store.consume(flow.id, caller, NOW + 2)).kind).toBe('consumed');
    });

    it('does not know a flow that was never put', async () => {
      const store = open();
      expect(await store.consume(newFlow().id, caller, NOW)).toEqual({ kind: 'unknown' });
      expect(await store.find(newFlow().id)).toBeUndefined();
    });

    it('keeps long and unusual values as they are', async () => {
      const store = open();
      const flow = newFlow({
        pim: checked(`https://xn--bcher-kva.example/${'p'.repeat(1900)}`),
        appUrl: `https://app.example.com/${'é'.repeat(500)}`,
        attempt: 2,
      });
      await store.put(flow);
      const stored = await store.find(flow.id);
      expect(stored?.flow.pim.toString()).toBe(flow.pim.toString());
      expect(stored?.flow).toMatchObject({ appUrl: flow.appUrl, attempt: 2 });
    });

    // "Equal or absent" let a code that a hostile PIM had obtained into a flow of another PIM.
    it.each([
      ['its own id', ID, ID, 'consumed'],
      ['another id', ID, OTHER_ID, 'other-callback-url'],
      ['the plain URL, of a flow with an id', ID, undefined, 'other-callback-url'],
      ['an id, of a flow without one', undefined, ID, 'other-callback-url'],
      ['an empty id, of a flow without one', undefined, '', 'other-callback-url'],
      ['the plain URL, of a flow without an id', undefined, undefined, 'consumed'],
    ])('consumes at %s exactly what belongs there', async (_where, own, callbackId, kind) => {
      const store = open();
      const flow = newFlow(own === undefined ? {} : { callbackId: own });
      await store.put(flow);
      expect(await store.consume(flow.id, { ...caller, callbackId }, NOW + 1)).toMatchObject({
        kind,
      });
      if (kind === 'consumed') return;
      const owner = { ...caller, callbackId: own };
      expect((await store.consume(flow.id, owner, NOW + 2)).kind).toBe('consumed');
    });

    // The first two tabs of a fresh browser overwrote each other's cookie, and one was told "another browser".
    it('consumes a flow of any of the browser’s keys', async () => {
      const store = open();
      const flow = newFlow();
      await store.put(flow);
      const browserHashes = [anotherBrowser, browserHash];
      expect(await store.consume(flow.id, { ...caller, browserHashes }, NOW)).toMatchObject({
        kind: 'consumed',
        flow: { browserHash },
      });
    });
  });
}

/** Expiry is kept in whole seconds, which is what DynamoDB's time to live understands. */
function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000;
}
