import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { startLocalApp } from '../../../local/local-app.ts';
import { openLocalConnections } from '../../../local/open-local-connections.ts';
import { startSimulator } from '../../../local/simulator.ts';
import { BrowserSession, PimUser } from '../../../simulator/user/index.ts';

/** What a back end finds once a user has connected the App; both run until it has looked. */
async function connectedOnce(dataFolder: string, pimPort: number, file?: string) {
  const app = await startLocalApp({ port: 0, dataFolder, log: () => {} });
  const scopes = parseScope('read_products');
  const { pim, clientId } = await startSimulator(app, {
    port: pimPort,
    scopes,
    ...(file !== undefined && { file }),
  });
  try {
    if (pimPort === 0 || file === undefined)
      await new PimUser(new BrowserSession(), pim.url).connect(clientId);
    const connections = openLocalConnections({ dataFolder });
    const token = (await connections.get(pim.url)).accessToken.reveal();
    const { status } = await connections.fetch(pim.url, '/api/rest/v1/products');
    return { pimUrl: pim.url, token, status };
  } finally {
    await pim.close();
    await app.close();
  }
}

// Each start registered the App under another client id: from the second one on, `get` named several clients.
it('a back end works after the second start over one folder, once the App is connected again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'activation-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const first = await connectedOnce(folder, 0);
  const second = await connectedOnce(folder, Number(new URL(first.pimUrl).port));
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(second.pimUrl).toBe(first.pimUrl);
  expect(second.token).not.toBe(first.token);
});

it('a back end that worked yesterday works today, without a click, if the simulated PIM remembers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'activation-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'simulated-pim.json');
  const first = await connectedOnce(folder, 0, file);
  const second = await connectedOnce(folder, Number(new URL(first.pimUrl).port), file);
  expect(second).toEqual({ ...first, status: 200 });
});

it('a back end that worked yesterday works today, without a click, if the simulated PIM remembers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'activation-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'simulated-pim.json');
  const first = await connectedOnce(folder, 0, file);
  const second = await connectedOnce(folder, Number(new URL(first.pimUrl).port), file);
  expect(second).toEqual({ ...first, status: 200 });
});
