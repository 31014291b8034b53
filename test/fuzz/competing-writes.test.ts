import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsumedFlow, randomText, State } from '../../functions/activation/flow.ts';
import type { Grant } from '../../functions/activation/ports.ts';
import { recordConnection, tokenFingerprint } from '../../functions/activation/record.ts';
import { AccessToken } from '../../functions/pim/credentials.ts';
import { wellFormed } from '../../functions/pim/malformed.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { DynamoDbConnectionStore } from '../../functions/store/connection-store.ts';
import { disconnectionMark } from '../../reader/disconnection-mark.ts';
import { newGrant } from '../store/connection-store.contract.ts';
import { type DynamoDbUnderTest, openDynamoDb } from '../support/dynamodb-under-test.ts';

const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 100);
/** Milliseconds. It bounds a thousand operations on a machine that is ten times as busy. */
const TIMEOUT = 180_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const CIPHERTEXT = Buffer.from('ciphertext');

let db: DynamoDbUnderTest;
let store: DynamoDbConnectionStore;

beforeAll(async () => {
  db = await openDynamoDb();
  store = new DynamoDbConnectionStore(db.client, db.tables.connections);
});
afterAll(() => db.close());

/** The same, in a random order. */
function shuffled<T>(values: readonly T[]): T[] {
  const left = [...values];
  return values.flatMap(() => left.splice(randomInt(left.length), 1));
}

const rounds = Array.from({ length: ROUNDS }, (_, index) => index);

// Ten operations a round; RACE_ROUNDS asks for more.
describe('answers that arrive after the App was disconnected', () => {
  it('never revive a token that a back end marks as dead, in any order', {
    timeout: TIMEOUT,
  }, async () => {
    const mark = disconnectionMark(db.client, db.tables.connections);
    const race = async () => {
      const grant = newGrant({ tokenRequestedAt: NOW });
      const { pim, clientId, tokenFingerprint: fingerprint } = grant;
      await store.save(grant, CIPHERTEXT);
      const dead = { pim: pim.toString(), clientId, tokenFingerprint: fingerprint };
      const late = (): Grant => ({ ...grant, tokenRequestedAt: NOW + randomInt(1_000) });
      const writes = [
        ...Array.from({ length: 5 }, () => () => store.reopen(late())),
        ...Array.from({ length: 4 }, () => () => store.save(late(), CIPHERTEXT)),
        () => mark(dead, NOW + 1_000),
      ];
      await Promise.all(shuffled(writes).map((write) => write()));
      return store.confirm(grant, NOW);
    };
    for (const _ of rounds) expect(await race()).toBeUndefined();
  });
});

/** A PIM's answer to one of several requests that are under way together. */
interface Answer {
  readonly requestedAt: number;
  readonly token: AccessToken;
}

/** Ten answers of a PIM whose scopes change meanwhile: the token that it issues last kills the others. */
function overlappingAnswers(): { readonly answers: readonly Answer[]; readonly live: AccessToken } {
  const issued = Array.from({ length: 3 }, () => wellFormed(AccessToken.parse(randomText())));
  const live = issued[2] ?? wellFormed(AccessToken.parse(randomText()));
  const answers = Array.from({ length: 10 }, (_, index) => ({
    requestedAt: NOW + randomInt(4_000),
    token: issued[index % 3] ?? live,
  }));
  return { answers, live };
}

function consumedFlow(grant: Grant): ConsumedFlow {
  const { pim, clientId, requestedScopes: scopes } = grant;
  const id = State.generate(randomText).hash();
  const times = { startedAt: NOW - 1_000 * randomInt(60), consumedAt: NOW, expiresAt: NOW };
  return { id, pim, clientId, scopes, browserHash: 'hash', attempt: 1, ...times, wasShown: false };
}

describe('answers whose requests were under way together', () => {
  it('leave the live token stored, and nobody who holds it is told otherwise', {
    timeout: TIMEOUT,
  }, async () => {
    const race = async () => {
      const { answers, live } = overlappingAnswers();
      const connection = newGrant();
      const deps = {
        connections: store,
        cipher: { keyId: 'key', encrypt: async () => CIPHERTEXT },
        tokenTrial: async (_pim: unknown, token: AccessToken) =>
          token === live ? ('accepted' as const) : ('refused' as const),
      };
      const record = ({ requestedAt: tokenRequestedAt, token: accessToken }: Answer) => {
        const granted = { kind: 'granted', accessToken, tokenRequestedAt } as const;
        const scopes = parseScope('read_products');
        return recordConnection(consumedFlow(connection), { ...granted, scopes }, deps);
      };
      const results = await Promise.all(
        shuffled(answers).map(async (answer) => ({ answer, result: await record(answer) })),
      );
      const ofHolders = results.filter(({ answer }) => answer.token === live);
      expect(new Set(ofHolders.map(({ result }) => result.kind))).toEqual(new Set(['connected']));
      expect(await store.storedFingerprint(connection)).toBe(tokenFingerprint(live, 'key'));
    };
    for (const _ of rounds) await race();
  });
});
