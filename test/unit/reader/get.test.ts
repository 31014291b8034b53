import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { text } from '../../../functions/tables/row.ts';
import { marked, marksIn } from '../../support/canary.ts';
import { KEY_ID } from '../../support/fake-kms.ts';
import { connectionError } from './support/connection-error.ts';
import { newPim, newWorld, START } from './support/reader-world.ts';

describe('connections.get', () => {
  it('gives the connection with its token, scopes and times', async () => {
    const world = await newWorld();
    const pim = newPim();
    const token = await world.connect({
      pim,
      scope: 'write_products',
      requestedScope: 'read_products read_categories',
    });
    const { accessToken, ...connection } = await world.open({ clientId: 'client' }).get(pim);
    expect(accessToken.reveal()).toBe(token);
    expect(connection).toEqual({
      pim,
      clientId: 'client',
      scopes: ['write_products'],
      missingScopes: ['read_categories'],
      connectedAt: START,
      lastOpenedAt: START,
      status: 'connected',
      tokenFingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('never prints the token', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    const connection = await world.open().get(pim);
    expect(inspect(connection, { depth: null, showHidden: true })).toContain('[redacted]');
    expect(JSON.parse(JSON.stringify(connection))).toMatchObject({ accessToken: '[redacted]' });
    const printed = inspect(connection, { showHidden: true }) + JSON.stringify(connection);
    expect(marksIn(printed)).toEqual([]);
  });

  it('finds the PIM by any spelling of its address', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    const spelling = `${pim.toUpperCase().replace('HTTPS', 'https')}:443//`;
    expect((await world.open().get(spelling)).pim).toBe(pim);
  });

  it('decrypts under the encryption context of the connection, by our key', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    await world.open().get(pim);
    expect(world.kms.decryptions).toMatchObject([
      { EncryptionContext: { pim, clientId: 'client' }, KeyId: KEY_ID },
    ]);
  });

  it('lets KMS find the key when none is configured', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    await world.open({ env: {} }).get(pim);
    expect(world.kms.decryptions[0]).not.toHaveProperty('KeyId');
  });

  it('uses GetItem alone when the client id is known', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    world.db.deny('QueryCommand');
    const connections = world.open({ env: { AKENEO_APP_CLIENT_ID: 'client' } });
    expect((await connections.get(pim)).clientId).toBe('client');
  });

  it('finds the only connection of a PIM without a client id', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim, clientId: 'a custom app' });
    expect((await world.open().get(pim)).clientId).toBe('a custom app');
  });

  it('asks for the client id when a PIM has several', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim, clientId: 'one' });
    await world.connect({ pim, clientId: 'other' });
    const connections = world.open();
    const error = await connectionError(connections.get(pim));
    expect(error).toMatchObject({ code: 'several_clients', pim });
    expect(error.message).toContain('Pass { clientId }');
    expect((await connections.get(pim, { clientId: 'other' })).clientId).toBe('other');
  });

  it('shows a dead connection with its status', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    await world.putRow({ ...(await world.row(pim)), status: text('replaced') });
    expect((await world.open().get(pim)).status).toBe('replaced');
  });
});

describe('connections.get refuses', () => {
  it.each([
    ['ftp://pim.example', 'not-https'],
    ['http://pim.example', 'not-https'],
    [`https://user:${marked('secret', 20)}@pim.example`, 'credentials'],
    ['https://pim.example?a=b', 'query-or-fragment'],
    ['pim.example', 'not-a-url'],
  ])('%s', async (pimUrl, problem) => {
    const error = await connectionError((await newWorld()).open().get(pimUrl));
    expect(error.code).toBe('pim_url_malformed');
    expect(error.message).toContain(problem);
  });

  it('plain http on the loopback unless it is told to accept it', async () => {
    const world = await newWorld();
    const connections = world.open({ dangerouslyAllowHttpPimOnLoopback: false });
    const error = await connectionError(connections.get('http://localhost:8080'));
    expect(error.code).toBe('pim_url_malformed');
  });

  it('a PIM that is not connected, and finds it the moment it is', async () => {
    const world = await newWorld();
    const pim = newPim();
    const connections = world.open({ clientId: 'client' });
    const error = await connectionError(connections.get(pim));
    expect(error).toMatchObject({ code: 'not_connected', pim, clientId: 'client' });
    await world.connect({ pim });
    expect((await connections.get(pim)).status).toBe('connected');
  });

  it.each(['status', 'tokenFingerprint', 'encryptedToken', 'lastOpenedAt'])(
    'a row without a usable %s, naming it',
    async (name) => {
      const world = await newWorld();
      const pim = newPim();
      await world.connect({ pim });
      const { [name]: removed, ...row } = (await world.row(pim)) ?? {};
      expect(removed).toBeDefined();
      await world.putRow(name === 'status' ? { ...row, status: text('odd') } : row);
      const error = await connectionError(world.open().get(pim));
      expect(error).toMatchObject({ code: 'connection_malformed', pim, clientId: 'client' });
      expect(error.message).toContain(`"${name}"`);
    },
  );
});
