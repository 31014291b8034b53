import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseScope } from '../../../../functions/pim/scopes.ts';
import { startLocalApp } from '../../../../local/local-app.ts';
import { startSimulator } from '../../../../local/simulator.ts';
import { BrowserSession, PimUser } from '../../../../simulator/user/index.ts';

/** An empty folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reader-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The App as `npm start -- --data <folder>` runs it, with a simulated PIM that a user has connected. */
export async function connectedLocalApp() {
  const dataFolder = temporaryFolder();
  const app = await startLocalApp({ port: 0, dataFolder, log: () => {} });
  onTestFinished(() => app.close());
  const { pim, clientId } = await startSimulator(app, {
    port: 0,
    scopes: parseScope('read_products'),
  });
  onTestFinished(() => pim.close());
  await new PimUser(new BrowserSession(), pim.url).connect(clientId);
  return { app, dataFolder, pim, clientId };
}
