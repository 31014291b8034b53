import { expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { startLocalApp } from '../../../local/local-app.ts';
import { startSimulator } from '../../../local/simulator.ts';
import { BrowserSession, PimUser } from '../../../simulator/user/index.ts';

async function connectedApp() {
  const log: string[] = [];
  const app = await startLocalApp({ port: 0, log: (line) => log.push(line) });
  onTestFinished(() => app.close());
  const scopes = parseScope('read_products');
  const { pim, clientId } = await startSimulator(app, { port: 0, scopes });
  onTestFinished(() => pim.close());
  const user = new PimUser(new BrowserSession(), pim.url);
  await user.connect(clientId);
  return { user, clientId, log };
}

// Every later "Open app" ended in a 502 for good, because the App never got the new secret.
it('a secret that is regenerated in the simulated PIM costs its user no error, and is in no log', async () => {
  const { user, clientId, log } = await connectedApp();
  for (const time of ['once', 'again']) {
    const secret = await user.regenerateSecret(clientId);
    const { status, body } = await user.openApp(clientId);
    expect({ status, body }, time).toEqual({
      status: 200,
      body: expect.stringContaining('You are connected'),
    });
    expect(log.join() + body).not.toContain(secret);
  }
});
