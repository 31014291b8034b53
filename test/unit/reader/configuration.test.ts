import { describe, expect, it } from 'vitest';
import { ConnectionError, openConnections } from '../../../reader/index.ts';
import { readSettings } from '../../../reader/settings.ts';

const env = {
  AKENEO_APP_CONNECTIONS_TABLE: 'Connections',
  AKENEO_APP_CLIENT_ID: 'client',
  AKENEO_APP_TOKEN_KEY_ID: 'key',
  AKENEO_APP_MAY_MARK_CONNECTIONS: 'true',
  DANGEROUSLY_ALLOW_HTTP_PIM_ON_LOOPBACK: 'true',
};

describe('openConnections', () => {
  it('takes everything from the environment that the grants set', () => {
    expect(readSettings({ env })).toEqual({
      tableName: 'Connections',
      clientId: 'client',
      tokenKeyId: 'key',
      mayMark: true,
      policy: { dangerouslyAllowHttpOnLoopback: true },
    });
  });

  it('needs the table only, and is careful by default', () => {
    expect(readSettings({ env: { AKENEO_APP_CONNECTIONS_TABLE: 'Connections' } })).toEqual({
      tableName: 'Connections',
      clientId: undefined,
      tokenKeyId: undefined,
      mayMark: false,
      policy: { dangerouslyAllowHttpOnLoopback: false },
    });
  });

  it('lets an option win over the environment', () => {
    const options = {
      tableName: 'Other',
      clientId: 'other',
      tokenKeyId: 'other key',
      mayMarkConnections: false,
      dangerouslyAllowHttpPimOnLoopback: false,
    };
    expect(readSettings({ ...options, env })).toEqual({
      tableName: 'Other',
      clientId: 'other',
      tokenKeyId: 'other key',
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

  it('makes its own clients and asks nobody before the first call', () => {
    const connections = openConnections({ env, region: 'eu-west-1' });
    expect(Object.keys(connections)).toEqual(['get', 'list', 'fetch']);
  });
});
