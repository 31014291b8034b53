import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openLocalConnections } from '../../../local/open-local-connections.ts';
import { ConnectionError } from '../../../reader/index.ts';
import { connectedLocalApp, temporaryFolder } from './support/local-app.ts';

describe('openLocalConnections', () => {
  it('reads the token that the local App has stored, and calls the PIM with it', async () => {
    const { dataFolder, pim, clientId } = await connectedLocalApp();
    const connections = openLocalConnections({ dataFolder });
    const connection = await connections.get(pim.url);
    expect(connection).toMatchObject({ pim: pim.url, clientId, status: 'connected' });
    const authorization = `Bearer ${connection.accessToken.reveal()}`;
    const products = `${pim.url}/api/rest/v1/products`;
    expect((await fetch(products, { headers: { authorization } })).status).toBe(200);
    expect((await connections.fetch(pim.url, '/api/rest/v1/products')).status).toBe(200);
  });

  it('lists what the local App has stored', async () => {
    const { dataFolder, pim } = await connectedLocalApp();
    const listed: string[] = [];
    for await (const connection of openLocalConnections({ dataFolder }).list())
      listed.push(connection.pim);
    expect(listed).toEqual([pim.url]);
  });

  // A mistyped folder got a key of its own, and no token could be decrypted, with no hint at the cause.
  it('refuses a folder without its variables, and leaves it as it is', () => {
    const dataFolder = temporaryFolder();
    const open = () => openLocalConnections({ dataFolder });
    expect(open).toThrow(ConnectionError);
    expect(open).toThrow(expect.objectContaining({ code: 'option_invalid' }));
    expect(open).toThrow(`there is no .env in ${dataFolder}`);
    expect(readdirSync(dataFolder)).toEqual([]);
  });
});
