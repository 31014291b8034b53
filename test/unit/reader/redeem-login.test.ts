import { createHash } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { randomText } from '../../../functions/activation/flow.ts';
import { codePlace, seal } from '../../../functions/login/seal.ts';
import { LOGINS, loginToItem } from '../../../functions/tables/logins.ts';
import { openConnections } from '../../../reader/index.ts';
import { marked } from '../../support/canary.ts';
import { emptyDynamoDb } from '../../support/empty-dynamodb.ts';
import { connectionError } from './support/connection-error.ts';

const START = Date.parse('2030-01-01T00:00:00Z');
const LOGIN = {
  pim: 'https://pim.example.com',
  clientId: 'client',
  sub: marked('person', 43),
  tenant: 'tenant',
  givenName: marked('person', 40),
  familyName: marked('person', 40),
  email: marked('person', 40),
  emailVerified: false,
  openedAt: START,
};

/** A table with one login that waits for its code, and a reader over it. */
async function waitingCode({
  verifier = marked('random', 43),
  sealed,
}: {
  verifier?: string;
  sealed?: Uint8Array;
} = {}) {
  const { client, address } = await emptyDynamoDb();
  const clock = { now: START };
  const code = marked('code', 43);
  const place = codePlace(code);
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const row = {
    id: place.id,
    sealed: sealed ?? seal(LOGIN, place),
    codeChallenge,
    expiresAt: START + 60_000,
  };
  await client.send(new PutItemCommand({ TableName: LOGINS.name, Item: loginToItem(row) }));
  const connections = openConnections({
    tableName: address.tables.connections,
    loginsTableName: LOGINS.name,
    dynamoDb: client,
    now: () => clock.now,
    env: {},
  });
  return { connections, code, verifier, clock };
}

describe('redeemLogin', () => {
  it('tells who opened the App', async () => {
    const { connections, code, verifier } = await waitingCode();
    expect(await connections.redeemLogin(code, verifier)).toEqual(LOGIN);
  });

  it('lets one of fifty have it who come at once', async () => {
    const { connections, code, verifier } = await waitingCode();
    const all = await Promise.allSettled(
      Array.from({ length: 50 }, () => connections.redeemLogin(code, verifier)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const reasons = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(new Set(reasons)).toEqual(new Set(['login_invalid']));
  });

  it.each(['', 'x', randomText()])(
    'takes nothing without the verifier (%j), so that its owner still can',
    async (wrong) => {
      const { connections, code, verifier } = await waitingCode();
      const error = await connectionError(connections.redeemLogin(code, wrong));
      expect(error.code).toBe('login_invalid');
      expect(await connections.redeemLogin(code, verifier)).toEqual(LOGIN);
    },
  );

  it.each(['', 'x', 'a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(42)}é`])(
    'takes nothing by %j, though its challenge was sent',
    async (verifier) => {
      const { connections, code } = await waitingCode({ verifier });
      const error = await connectionError(connections.redeemLogin(code, verifier));
      expect(error.code).toBe('login_invalid');
    },
  );

  it.each([undefined, null, 43, ['a'.repeat(43)], {}])(
    'refuses what is no text (%j), as a query or an empty session gives it',
    async (wrong) => {
      const { connections, code, verifier } = await waitingCode();
      for (const [aCode, aVerifier] of [
        [wrong, verifier],
        [code, wrong],
      ]) {
        const call = connections.redeemLogin(aCode as string, aVerifier as string);
        expect((await connectionError(call)).code).toBe('login_invalid');
      }
    },
  );

  it('refuses a row that somebody has changed', async () => {
    for (const sealed of [new Uint8Array(3), new Uint8Array(200)]) {
      const { connections, code, verifier } = await waitingCode({ sealed });
      const error = await connectionError(connections.redeemLogin(code, verifier));
      expect(error.code).toBe('login_invalid');
    }
  });

  it.each(['', randomText(), '../x', `${randomText()}=`])(
    'knows no other code (%j)',
    async (wrong) => {
      const { connections, verifier } = await waitingCode();
      const error = await connectionError(connections.redeemLogin(wrong, verifier));
      expect(error.code).toBe('login_invalid');
    },
  );

  it('takes a code for a minute, and no longer', async () => {
    const { connections, code, verifier, clock } = await waitingCode();
    clock.now = START + 60_000;
    const error = await connectionError(connections.redeemLogin(code, verifier));
    expect(error.code).toBe('login_invalid');
    clock.now = START + 59_000;
    expect(await connections.redeemLogin(code, verifier)).toEqual(LOGIN);
  });

  it('says what sets the table when it has none', async () => {
    const connections = openConnections({ tableName: 'Connections', env: {} });
    const error = await connectionError(connections.redeemLogin('code', 'verifier'));
    expect(error.code).toBe('configuration_missing');
    expect(error.message).toContain('AKENEO_APP_LOGINS_TABLE');
    expect(error.message).toContain('grantRedeemLogin');
  });
});
