import { describe, expect, it } from 'vitest';
import type { DeadStatus } from '../../functions/activation/connection-status.ts';
import { randomText, State } from '../../functions/activation/flow.ts';
import type { ConnectionKey, ConnectionStore, Grant } from '../../functions/activation/ports.ts';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { PimUrl } from '../../functions/pim/pim-url.ts';
import { parseScope } from '../../functions/pim/scopes.ts';

const NOW = Date.parse('2026-03-01T12:00:00.250Z');

/** A row as text and bytes, read past the store. */
export type ReadRow = (key: ConnectionKey) => Promise<Record<string, unknown> | undefined>;

export interface ConnectionStoreUnderTest {
  readonly store: ConnectionStore;
  readonly read: ReadRow;
  /** Marks the connection as dead, as a back end or the health check does. */
  readonly mark: (key: ConnectionKey, status: DeadStatus, at: number) => Promise<void>;
}

/** A grant for a connection of its own. */
export function newGrant(changes: Partial<Grant> = {}): Grant {
  const parsed = PimUrl.parse(
    `https://${randomText().toLowerCase().replaceAll('_', '-')}x.example`,
    {
      dangerouslyAllowHttpOnLoopback: false,
    },
  );
  if (isMalformed(parsed)) throw new Error(parsed.problem);
  return {
    pim: parsed,
    clientId: 'client',
    requestedScopes: parseScope('read_products write_categories'),
    grantedScopes: parseScope('read_products'),
    tokenFingerprint: 'a'.repeat(32),
    flowId: State.generate(randomText).hash(),
    tokenRequestedAt: NOW,
    ...changes,
  };
}

const OTHER = { tokenFingerprint: 'b'.repeat(32) };
const token = (text: string): Uint8Array => Buffer.from(text);

/** What every connection store promises; run it against each implementation. */
export function connectionStoreContract(name: string, open: () => ConnectionStoreUnderTest): void {
  describe(`${name} as a connection store`, () => {
    it('saves a connection with everything a back end needs', async () => {
      const { store, read } = open();
      const grant = newGrant();
      await store.save(grant, token('ciphertext'));
      expect(await read(grant)).toEqual({
        pim: grant.pim.toString(),
        clientId: 'client',
        status: 'connected',
        encryptedToken: 'ciphertext',
        tokenFingerprint: grant.tokenFingerprint,
        requestedScopes: 'read_products write_categories',
        grantedScopes: 'read_products',
        firstConnectedAt: '2026-03-01T12:00:00.250Z',
        lastOpenedAt: '2026-03-01T12:00:00.250Z',
        lastFlow: grant.flowId,
      });
    });

    it('keeps the time of the first connection when a token replaces another', async () => {
      const { store, read } = open();
      const first = newGrant();
      await store.save(first, token('old'));
      const second = { ...first, tokenFingerprint: 'b'.repeat(32), tokenRequestedAt: NOW + 60_000 };
      await store.save(second, token('new'));
      expect(await read(first)).toMatchObject({
        encryptedToken: 'new',
        tokenFingerprint: second.tokenFingerprint,
        firstConnectedAt: '2026-03-01T12:00:00.250Z',
        lastOpenedAt: '2026-03-01T12:01:00.250Z',
      });
    });

    it('never lets a grant that was asked for earlier replace a later one', async () => {
      const { store, read } = open();
      const later = newGrant({ tokenRequestedAt: NOW + 1_000 });
      await store.save(later, token('later'));
      await store.save(
        { ...later, tokenFingerprint: 'c'.repeat(32), tokenRequestedAt: NOW },
        token('earlier'),
      );
      expect(await read(later)).toMatchObject({
        encryptedToken: 'later',
        tokenFingerprint: later.tokenFingerprint,
      });
    });

    it('says whether a grant was written', async () => {
      const { store } = open();
      const grant = newGrant();
      expect(await store.save(grant, token('first'))).toBe(true);
      expect(await store.save({ ...grant, tokenRequestedAt: NOW - 1 }, token('earlier'))).toBe(
        false,
      );
    });

    it('lets a row that a wrong clock has dated ahead keep no token out', async () => {
      const { store, read } = open();
      const grant = newGrant({ tokenRequestedAt: NOW + 3_600_000 });
      await store.save(grant, token('dead'));
      expect(await store.save({ ...grant, tokenRequestedAt: NOW }, token('alive'))).toBe(true);
      expect(await read(grant)).toMatchObject({
        encryptedToken: 'alive',
        lastOpenedAt: '2026-03-01T12:00:00.250Z',
      });
    });

    it('ends with the latest of many grants that arrive in any order', async () => {
      const { store, read } = open();
      const base = newGrant();
      const order = [7, 2, 9, 4, 0, 8, 1, 6, 3, 5];
      await Promise.all(
        order.map((n) => store.save({ ...base, tokenRequestedAt: NOW + n }, token(`token ${n}`))),
      );
      expect(await read(base)).toMatchObject({ encryptedToken: 'token 9' });
    });

    it('opens a connection again when the token is the same, leaving token and first time alone', async () => {
      const { store, read } = open();
      const grant = newGrant();
      await store.save(grant, token('ciphertext'));
      const again = {
        ...grant,
        grantedScopes: parseScope('read_products write_categories'),
        tokenRequestedAt: NOW + 9_000,
      };
      expect(await store.reopen(again)).toBe(true);
      expect(await read(grant)).toMatchObject({
        encryptedToken: 'ciphertext',
        grantedScopes: 'read_products write_categories',
        firstConnectedAt: '2026-03-01T12:00:00.250Z',
        lastOpenedAt: '2026-03-01T12:00:09.250Z',
      });
    });

    it('does not open again what is not connected or has another token, and writes nothing', async () => {
      const { store, read } = open();
      const grant = newGrant();
      expect(await store.reopen(grant)).toBe(false);
      expect(await read(grant)).toBeUndefined();
      await store.save(grant, token('ciphertext'));
      expect(
        await store.reopen({
          ...grant,
          tokenFingerprint: 'd'.repeat(32),
          tokenRequestedAt: NOW + 1,
        }),
      ).toBe(false);
      expect(await read(grant)).toMatchObject({ lastOpenedAt: '2026-03-01T12:00:00.250Z' });
    });

    it('confirms a connection that was opened since, with scopes and first time, and changes nothing', async () => {
      const { store, read } = open();
      const grant = newGrant();
      await store.save(grant, token('ciphertext'));
      const before = await read(grant);
      expect(await store.confirm(grant, NOW)).toEqual({
        grantedScopes: ['read_products'],
        firstConnectedAt: NOW,
      });
      expect(await read(grant)).toEqual(before);
    });

    it('does not confirm a connection that is unknown or was not opened since', async () => {
      const { store, read } = open();
      const grant = newGrant();
      expect(await store.confirm(grant, NOW)).toBeUndefined();
      expect(await read(grant)).toBeUndefined();
      await store.save(grant, token('ciphertext'));
      expect(await store.confirm(grant, NOW + 1)).toBeUndefined();
    });

    it.each(['disconnected', 'replaced'] as const)(
      'never revives a token that was marked as %s while its answer was under way',
      async (status) => {
        const { store, read, mark } = open();
        const grant = newGrant();
        await store.save(grant, token('dead'));
        await mark(grant, status, NOW + 2_000);
        const marked = await read(grant);
        const late = { ...grant, tokenRequestedAt: NOW + 1_999 };
        expect(await store.reopen(late)).toBe(false);
        expect(await store.save(late, token('dead again'))).toBe(false);
        expect(await store.replace(late, token('dead again'), 'c'.repeat(32))).toBe(false);
        expect(await store.confirm(late, NOW)).toBeUndefined();
        expect(await read(grant)).toEqual(marked);
      },
    );

    it('revives a marked connection for a request that began after the mark', async () => {
      const { store, read, mark } = open();
      const grant = newGrant();
      await store.save(grant, token('ciphertext'));
      await mark(grant, 'replaced', NOW + 2_000);
      expect(await store.reopen({ ...grant, tokenRequestedAt: NOW + 2_000 })).toBe(true);
      const row = await read(grant);
      expect(row).toMatchObject({ status: 'connected' });
      expect(row).not.toHaveProperty('statusAt');
    });

    it('lets a mark on another token keep none out', async () => {
      const { store, read, mark } = open();
      const grant = newGrant();
      await store.save(grant, token('dead'));
      await mark(grant, 'replaced', NOW + 9_000);
      const newer = { ...grant, ...OTHER, tokenRequestedAt: NOW + 1_000 };
      expect(await store.save(newer, token('alive'))).toBe(true);
      expect(await read(grant)).toMatchObject({ status: 'connected', encryptedToken: 'alive' });
    });

    it('lets a mark that a wrong clock has dated ahead keep no token out', async () => {
      const { store, mark } = open();
      const grant = newGrant();
      await store.save(grant, token('ciphertext'));
      await mark(grant, 'disconnected', NOW + 3_600_000);
      expect(await store.reopen({ ...grant, tokenRequestedAt: NOW + 1_000 })).toBe(true);
    });

    it('refuses another token whose request may have overlapped with that of the stored one', async () => {
      const { store, read } = open();
      const grant = newGrant();
      await store.save(grant, token('stored'));
      const soon = { ...grant, ...OTHER, tokenRequestedAt: NOW + 4_999 };
      expect(await store.save(soon, token('soon'), 5_000)).toBe(false);
      expect(await read(grant)).toMatchObject({ encryptedToken: 'stored' });
      expect(
        await store.save({ ...soon, tokenRequestedAt: NOW + 5_000 }, token('later'), 5_000),
      ).toBe(true);
    });

    it('saves the same token again however soon', async () => {
      const { store } = open();
      const grant = newGrant();
      await store.save(grant, token('ciphertext'), 5_000);
      const soon = { ...grant, tokenRequestedAt: NOW + 1 };
      expect(await store.save(soon, token('anew'), 5_000)).toBe(true);
    });

    it('replaces a token that was asked for later, and keeps the time of that', async () => {
      const { store, read } = open();
      const later = newGrant({ tokenRequestedAt: NOW + 1_000 });
      await store.save(later, token('later'));
      const slow = { ...later, ...OTHER, tokenRequestedAt: NOW };
      expect(await store.replace(slow, token('alive'), later.tokenFingerprint)).toBe(true);
      expect(await read(later)).toMatchObject({
        encryptedToken: 'alive',
        ...OTHER,
        lastOpenedAt: '2026-03-01T12:00:01.250Z',
      });
    });

    it('replaces a token that was asked for earlier, and takes the later time', async () => {
      const { store, read } = open();
      const grant = newGrant();
      await store.save(grant, token('earlier'));
      const later = { ...grant, ...OTHER, tokenRequestedAt: NOW + 1_000 };
      expect(await store.replace(later, token('alive'), grant.tokenFingerprint)).toBe(true);
      expect(await read(grant)).toMatchObject({
        encryptedToken: 'alive',
        firstConnectedAt: '2026-03-01T12:00:00.250Z',
        lastOpenedAt: '2026-03-01T12:00:01.250Z',
      });
    });

    it('replaces nothing when a third token has come, or nothing is there any more', async () => {
      const { store, read } = open();
      const grant = newGrant();
      expect(await store.replace(grant, token('alive'), 'c'.repeat(32))).toBe(false);
      expect(await read(grant)).toBeUndefined();
      await store.save({ ...grant, ...OTHER }, token('third'));
      expect(await store.replace(grant, token('alive'), 'c'.repeat(32))).toBe(false);
      expect(await read(grant)).toMatchObject({ encryptedToken: 'third' });
    });

    it('tells the fingerprint of the stored token, and changes nothing', async () => {
      const { store, read } = open();
      const grant = newGrant();
      expect(await store.storedFingerprint(grant)).toBeUndefined();
      expect(await read(grant)).toBeUndefined();
      await store.save(grant, token('ciphertext'));
      const before = await read(grant);
      expect(await store.storedFingerprint(grant)).toBe(grant.tokenFingerprint);
      expect(await read(grant)).toEqual(before);
    });

    it('keeps two Apps of one PIM apart', async () => {
      const { store, read } = open();
      const one = newGrant();
      const other = { ...one, clientId: 'other' };
      await store.save(one, token('one'));
      await store.save(other, token('other'));
      expect(await read(one)).toMatchObject({ encryptedToken: 'one' });
      expect(await read(other)).toMatchObject({ encryptedToken: 'other' });
    });

    it('keeps an empty set of granted scopes', async () => {
      const { store } = open();
      const grant = newGrant({ grantedScopes: parseScope('') });
      await store.save(grant, token('ciphertext'));
      expect(await store.confirm(grant, NOW)).toMatchObject({ grantedScopes: [] });
    });
  });
}
