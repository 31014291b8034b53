import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../simulator/index.ts';
import { exchangesAt, type JourneyWorld, untilCallback } from './journey-world.ts';

const ALWAYS = 99;

const TRANSIENT_FAILURES: readonly [string, Fault][] = [
  ['resets connections', { at: 'token', kind: 'reset' }],
  ['answers 500', { at: 'token', kind: 'status', status: 500 }],
  ['answers 429', { at: 'token', kind: 'status', status: 429, retryAfter: '1' }],
  ['answers with a web page', { at: 'token', kind: 'html' }],
  ['answers with wrong JSON', { at: 'token', kind: 'wrong-json' }],
  ['answers with more than 64 KiB', { at: 'token', kind: 'huge-body' }],
  ['is slow', { at: 'token', kind: 'slow', ms: 3_000 }],
];

/** What a PIM user meets when the PIM or its credentials fail; run it in each world. */
export function failingJourneys(world: () => JourneyWorld): void {
  describe('when the PIM', () => {
    it.each(TRANSIENT_FAILURES)('%s once, the user notices nothing', async (_what, fault) => {
      const listed = await world().startPim();
      listed.pim.orderFault(fault);
      const page = await world().user(listed).connect(listed.clientId);

      expect(page.body).toContain('<h1>Connected</h1>');
      expect(await world().connection(listed)).toBeDefined();
    });

    it('fails all the time, the user is told and nothing is connected', async () => {
      const listed = await world().startPim();
      listed.pim.orderFault({ at: 'token', kind: 'status', status: 503, times: ALWAYS });
      const page = await world().user(listed).connect(listed.clientId);

      expect(page.status).toBe(502);
      expect(page.body).toContain('pim_unexpected_answer');
      expect(exchangesAt(listed)).toBeGreaterThan(1);
      expect(await world().connection(listed)).toBeUndefined();
    });

    it('is gone, the user is told that it could not be reached', async () => {
      const listed = await world().startPim();
      const { user, callback } = await untilCallback(world(), listed);
      await listed.pim.close();
      const page = await user.session.get(callback);

      expect(page.status).toBe(502);
      expect(page.body).toContain('pim_unreachable');
    });
  });

  describe('an authorization code that is no longer valid', () => {
    it('restarts the flow once without the user noticing', async () => {
      const listed = await world().startPim();
      listed.pim.orderFault({ at: 'token', kind: 'expired-code' });
      const page = await world().user(listed).connect(listed.clientId);

      expect(page.body).toContain('<h1>Connected</h1>');
      expect(exchangesAt(listed)).toBe(2);
    });

    it('ends with a page when the second one is refused as well', async () => {
      const listed = await world().startPim();
      listed.pim.orderFault({ at: 'token', kind: 'expired-code', times: ALWAYS });
      const page = await world().user(listed).connect(listed.clientId);

      expect(page.status).toBe(502);
      expect(page.body).toContain('pim_refused_code');
      expect(exchangesAt(listed)).toBe(2);
    });

    it('is recovered with the very same token when only the answer got lost', async () => {
      const listed = await world().startPim();
      listed.pim.orderFault({ at: 'token', kind: 'answer-lost' });
      const page = await world().user(listed).connect(listed.clientId);
      const again = await world().user(listed).openApp(listed.clientId);

      expect(page.body).toContain('<h1>Connected</h1>');
      expect(again.body).toContain('<h1>You are connected</h1>');
      expect(listed.tokensIssued()).toBe(1);
    });
  });

  describe('credentials that the PIM refuses', () => {
    it('are tried once more past the cache, and the operator is named', async () => {
      const listed = await world().startPim();
      await listed.pim.regenerateSecret(listed.clientId);
      const page = await world().user(listed).connect(listed.clientId);

      expect(page.status).toBe(502);
      expect(page.body).toContain('Ask the people who run this App');
      expect(exchangesAt(listed)).toBe(2);
    });
  });
}
