import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type LocalApp, openLocalConnections, startLocalApp } from 'akeneo-app/testing';
import { AppDisconnectedError, type Connections } from 'akeneo-app-activation/reader';
import { identifiersOfProducts } from '../lib/products.ts';

let app: LocalApp;
let connections: Connections;

before(async () => {
  app = await startLocalApp({ scopes: 'read_products' });
  connections = openLocalConnections(app);
});
after(() => app.close());

test('the back end reads products once a PIM user has connected the App', async () => {
  await app.connect();
  const products = await identifiersOfProducts(connections, app.pim.url);
  assert.equal(products.length, 3);
});

test('the back end is told when a PIM user has disconnected the App', async () => {
  app.disconnect();
  await assert.rejects(identifiersOfProducts(connections, app.pim.url), AppDisconnectedError);
});
