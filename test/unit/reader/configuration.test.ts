import { describe, expect, it } from 'vitest';
import { ConnectionError, openConnections } from '../../../reader/index.ts';
import { readLimits, readSettings } from '../../../reader/options.ts';

const env = {
  AKENEO_APP_CONNECTIONS_TABLE: 'Connections',
  AKENEO_APP_CLIENT_ID: 'client',
  AKENEO_APP_TOKEN_KEY_ID: 'key',
  AKENEO_APP_LOGINS_TABLE: 'Logins',
  AKENEO_APP_MAY_MARK_CONNECTIONS: 'true',
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true',
};

describe('openConnections', () => {
  it('takes everything from the environment that the grants set', () => {
    expect(readSettings({ env })).toEqual({
      tableName: 'Connections',
      clientId: 'client',
      tokenKeyId: 'key',
      loginsTable: 'Logins',
      mayMark: true,
      policy: { dangerouslyAllowHttpOnLoopback: true },
    });
  });

  it('needs the table only, and is careful by default', () => {
    expect(readSettings({ env: { AKENEO_APP_CONNECTIONS_TABLE: 'Connections' } })).toEqual({
      tableName: 'Connections',
      clientId: undefined,
      tokenKeyId: undefined,
      loginsTable: undefined,
      mayMark: false,
      policy: { dangerouslyAllowHttpOnLoopback: false },
    });
  });

  it('lets an option win over the environment', () => {
    const options = {
      tableName: 'Other',
      clientId: 'other',
      tokenKeyId: 'other key',
      loginsTableName: 'Other logins',
      mayMarkConnections: false,
      dangerouslyAllowHttpPimOnLoopback: false,
    };
    expect(readSettings({ ...options, env })).toEqual({
      tableName: 'Other',
      clientId: 'other',
      tokenKeyId: 'other key',
      loginsTable: 'Other logins',
      mayMark: false,
      policy: { dangerouslyAllowHttpOnLoopback: false },
    });
  });

  it('names the missing variable and what sets it', () => {
    const open = () => openConnections({ env: { AKENEO_APP_CONNECTIONS_TABLE: '' } });
    expect(open).toThrow(ConnectionError);
    expect(open).toThrow(
      'Missing environment variables: AKENEO_APP_CONNECTIONS_TABLE. Call activation.grantRead',
    );
    expect(open).toThrow(expect.objectContaining({ code: 'configuration_missing' }));
  });

  // Zero, a negative number or none at all left every fetch waiting for a slot that never came.
  it.each([0, -1, Number.NaN, 1.5, Number.POSITIVE_INFINITY, '4'])(
    'refuses %j calls at once',
    (given) => {
      // A caller without types may pass anything.
      const maxConcurrentCalls = given as number;
      const open = () => openConnections({ env, maxConcurrentCalls });
      expect(open).toThrow(expect.objectContaining({ code: 'option_invalid' }));
      expect(open).toThrow('The option maxConcurrentCalls has to be a whole number, 1 or more.');
    },
  );

  it.each([
    ['cacheMs', { cacheMs: -1 }],
    ['cacheMs', { cacheMs: Number.NaN }],
    ['rateLimit.maxAttempts', { rateLimit: { maxAttempts: 0, maxWaitMs: 1_000 } }],
    ['rateLimit.maxAttempts', { rateLimit: { maxAttempts: 2.5, maxWaitMs: 1_000 } }],
    ['rateLimit.maxWaitMs', { rateLimit: { maxAttempts: 2, maxWaitMs: -1 } }],
    ['rateLimit.maxWaitMs', { rateLimit: { maxAttempts: 2, maxWaitMs: Number.NaN } }],
  ])('names %s when it is out of range', (name, options) => {
    const open = () => openConnections({ env, ...options });
    expect(open).toThrow(ConnectionError);
    expect(open).toThrow(`The option ${name} has to be a`);
  });

  // A timer cannot wait longer: it fired after a millisecond, so the PIM got every attempt at once.
  it.each([2 ** 31, Number.POSITIVE_INFINITY])('refuses a wait of %d ms', (maxWaitMs) => {
    const open = () => openConnections({ env, rateLimit: { maxAttempts: 5, maxWaitMs } });
    expect(open).toThrow(expect.objectContaining({ code: 'option_invalid' }));
    expect(open).toThrow(
      'The option rateLimit.maxWaitMs has to be a number of milliseconds, from 0 to 2147483647.',
    );
  });

  it('takes the least and the most of each option', () => {
    const least = { maxAttempts: 1, maxWaitMs: 0 };
    const most = { maxAttempts: 100, maxWaitMs: 2 ** 31 - 1 };
    expect(readLimits({ cacheMs: 0, maxConcurrentCalls: 1, rateLimit: least })).toEqual({
      cacheMs: 0,
      maxConcurrentCalls: 1,
      rateLimit: least,
    });
    expect(readLimits({ cacheMs: Number.POSITIVE_INFINITY, rateLimit: most })).toEqual({
      cacheMs: Number.POSITIVE_INFINITY,
      maxConcurrentCalls: 4,
      rateLimit: most,
    });
  });

  it('makes its own clients and asks nobody before the first call', () => {
    const connections = openConnections({ env, region: 'eu-west-1' });
    expect(Object.keys(connections)).toEqual(['get', 'list', 'fetch', 'redeemLogin']);
  });
});
