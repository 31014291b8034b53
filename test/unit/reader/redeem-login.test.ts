import { createHash } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { randomText } from '../../../functions/activation/flow.ts';
import { codePlace, seal } from '../../../functions/login/seal.ts';
import { LOGINS } from '../../../functions/tables/logins.ts';
import { toItem } from '../../../functions/tables/row.ts';
import { openConnections } from '../../../reader/index.ts';
import { emptyDynamoDb } from '../../support/empty-dynamodb.ts';
import { connectionError } from './support/connection-error.ts';

const START = Date.parse('2030-01-01T00:00:00Z');
const LOGIN = {
  pim: 'https://pim.example.com',
  clientId: 'client',
  sub: 'CANARY-sub',
  tenant: 'tenant',
  givenName: 'Julia',
  emailVerified: false,
  openedAt: START,
};

/** A table with one login that waits for its code, and a reader over it. */
async function waitingCode() {
  const { client, address } = await emptyDynamoDb();
  const clock = { now: START };
  const [code, verifier] = [randomText(), randomText()];
  const place = codePlace(code);
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const row = {
    id: place.id,
    sealed: seal(LOGIN, place),
    codeChallenge,
    expiresAt: START + 60_000,
  };
  await client.send(new PutItemCommand({ TableName: LOGINS.name, Item: toItem(LOGINS, row) }));
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

  it.each(['', randomText(), '../x'])('knows no other code (%j)', async (wrong) => {
    const { connections, verifier } = await waitingCode();
    const error = await connectionError(connections.redeemLogin(wrong, verifier));
    expect(error.code).toBe('login_invalid');
  });

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
