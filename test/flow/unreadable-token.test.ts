import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AttributeValue, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { number, text } from '../../functions/tables/row.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { readStoredConnection } from '../../local/stored-connection.ts';
import { startSimulatedPim } from '../../simulator/index.ts';
import { BrowserSession, PimUser } from '../../simulator/user/index.ts';
import { flowWorld, type ListedPim } from '../support/flow-world.ts';
import { textOf } from '../support/row-text.ts';

const world = flowWorld();

/** Takes an attribute out of the row, or writes another value over it. */
async function spoil(
  { pim, clientId }: ListedPim,
  attribute: string,
  value?: AttributeValue,
): Promise<void> {
  const { client, address } = world().app.dynamoDb;
  const command = new UpdateItemCommand({
    TableName: address.tables.connections,
    Key: { pim: text(pim.url), clientId: text(clientId) },
    UpdateExpression: value ? 'SET #attribute = :value' : 'REMOVE #attribute',
    ExpressionAttributeNames: { '#attribute': attribute },
    ...(value && { ExpressionAttributeValues: { ':value': value } }),
  });
  await client.send(command);
}

/** The App over a folder of data, in which the PIM is listed; ends when `during` has ended. */
async function withApp<T>(
  folder: string,
  port: number,
  during: (app: LocalApp) => Promise<T>,
): Promise<T> {
  const app = await startLocalApp({ port, dataFolder: folder, log: () => {} });
  try {
    return await during(app);
  } finally {
    await app.close();
  }
}

// Opening wrote neither the token nor the time, although every message promised it.
describe('opening the App once mends a connection', () => {
  it.each(['encryptedToken', 'firstConnectedAt', 'grantedScopes', 'requestedScopes', 'status'])(
    'that has lost its %s',
    async (attribute) => {
      const listed = await world().startPim();
      const user = world().user(listed);
      await user.connect(listed.clientId);
      await spoil(listed, attribute);
      await user.openApp(listed.clientId);
      const mended = await world().connection(listed);
      expect(mended?.accessToken).toMatch(/\S/);
      expect(mended?.text(attribute === 'encryptedToken' ? 'status' : attribute)).toMatch(/\S/);
    },
  );

  it.each<[string, AttributeValue]>([
    ['encryptedToken', text('pasted')],
    ['lastOpenedAt', number(7)],
    ['grantedScopes', number(7)],
  ])('whose %s has become something else', async (attribute, value) => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    await spoil(listed, attribute, value);
    const page = await user.openApp(listed.clientId);
    expect(page.status).toBe(200);
    const mended = await world().connection(listed);
    expect(mended?.accessToken).toMatch(/\S/);
    expect(Date.parse(mended?.text('lastOpenedAt') ?? '')).toBeGreaterThan(0);
  });

  it('whose token was encrypted under a key that is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'activation-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const pim = await startSimulatedPim();
    onTestFinished(() => pim.close());
    const user = new PimUser(new BrowserSession(), pim.url);
    const scopes = parseScope('read_products');
    const first = await withApp(folder, 0, async (app) => {
      const { clientId, clientSecret } = pim.registerApp({
        name: 'My App',
        activateUrl: app.activateUrl,
        callbackUrl: app.callbackUrlOf(pim.url),
      });
      await app.register({ pim: pim.url, clientId, clientSecret, scopes });
      await user.connect(clientId);
      const stored = await readStoredConnection(app, { pimUrl: pim.url, clientId });
      return { clientId, clientSecret, port: Number(new URL(app.url).port), stored };
    });
    rmSync(join(folder, 'token-key'));
    await withApp(folder, first.port, async (app) => {
      const key = { pimUrl: pim.url, clientId: first.clientId };
      await app.register({ ...first, pim: pim.url, scopes });
      await expect(readStoredConnection(app, key)).rejects.toMatchObject({
        name: 'InvalidCiphertextException',
      });
      await user.openApp(first.clientId);
      const stored = await readStoredConnection(app, key);
      expect(stored?.accessToken.reveal()).toBe(first.stored?.accessToken.reveal());
      expect(textOf(stored?.row, 'firstConnectedAt')).toBe(
        textOf(first.stored?.row, 'firstConnectedAt'),
      );
    });
  });
});
