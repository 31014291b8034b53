import { describe, expect, it } from 'vitest';
import { laggingConnections } from '../../../cli/connections/lagging.ts';
import { connectionFromItem } from '../../../cli/stores/connection-table.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { CLIENT_ID } from './support/pims.ts';

describe('laggingConnections', () => {
  const policy = { dangerouslyAllowHttpOnLoopback: false };
  const at = '2030-01-01T12:00:00.000Z';

  function missing(listed: string, granted: string, row: { pim?: string; clientId?: string } = {}) {
    const connection = connectionFromItem({
      pim: { S: 'https://a.cloud.akeneo.com' },
      clientId: { S: CLIENT_ID },
      status: { S: 'connected' },
      requestedScopes: { S: granted },
      grantedScopes: { S: granted },
      tokenFingerprint: { S: 'f' },
      firstConnectedAt: { S: at },
      lastOpenedAt: { S: at },
    });
    if (connection.kind === 'malformed') throw new Error(connection.problem);
    const { pim = 'https://a.cloud.akeneo.com', clientId = CLIENT_ID } = row;
    const listing = { pim, clientId, scopes: parseScope(listed), addedAt: 0, updatedAt: 0 };
    return laggingConnections([connection], [listing], policy).map((one) => one.missing.join(' '));
  }

  it.each([
    ['write_products', 'read_products', ['write_products']],
    ['read_products', 'delete_products', []],
    ['openid email read_products', 'read_products', []],
    ['openid read_categories', '', ['read_categories']],
  ])('finds of %j beyond %j: %j', (listed, granted, expected) => {
    expect(missing(listed, granted)).toEqual(expected);
  });

  it('goes by the suffix that covers the PIM, but not by the row of another client id', () => {
    expect(missing('read_products', '', { pim: '*.cloud.akeneo.com' })).toEqual(['read_products']);
    expect(missing('read_products', '', { pim: '*.akeneo.com' })).toEqual(['read_products']);
    expect(missing('read_products', '', { pim: '*.example.com' })).toEqual([]);
    expect(missing('read_products', '', { clientId: 'other' })).toEqual([]);
  });
});
