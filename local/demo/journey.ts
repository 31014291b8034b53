import type { LocalApp } from '../local-app.ts';
import { BrowserSession, type Page, PimUser } from '../pim-user/index.ts';
import type { ConnectedSimulator } from '../simulator.ts';
import { readStoredConnection, type StoredConnection } from '../stored-connection.ts';
import { check, type Step } from './step.ts';

/** What the journey found; no secret is in it. */
export interface Summary {
  readonly connected: boolean;
  readonly granted: readonly string[];
  readonly systemInformation: unknown;
  readonly tokenFingerprint: string;
  readonly sameTokenOnReopen: boolean;
}

/**
 * A PIM user's whole way: connect, consent, open again, disconnect. Every step is checked.
 *
 * @throws {Error} at the first step that does not end as it has to.
 */
export async function journey(
  app: LocalApp,
  { pim, clientId }: ConnectedSimulator,
  step: Step,
): Promise<Summary> {
  const user = new PimUser(new BrowserSession(), pim.url);
  const stored = () => storedConnection(app, pim.url, clientId);

  const callback = await connect(user, clientId, step);
  await step('The App exchanges the code, saves the token and says "Connected"', async () =>
    expectConnected(await user.session.follow(callback)),
  );
  const first = await step('The access token is in DynamoDB, encrypted', stored);
  const systemInformation = await step("The stored token opens the PIM's REST API", async () => {
    const response = await callApi(pim.url, first);
    check(response.status === 200, `the PIM answered ${response.status}`);
    return response.json();
  });
  await step('"Open app": the App says "Connected" without a question', async () =>
    expectConnected(await user.openApp(clientId)),
  );
  const again = await step('The connection still has the same token', async () => {
    const { tokenFingerprint } = await stored();
    check(tokenFingerprint === first.tokenFingerprint, 'the token has changed');
    return true;
  });
  await step('"Disconnect": the PIM refuses the token from now on', async () => {
    await user.disconnect(clientId);
    const { status } = await callApi(pim.url, first);
    check(status === 401, `the PIM answered ${status}`);
  });
  const { grantedScopes: granted, tokenFingerprint } = first;
  return {
    connected: true,
    granted,
    systemInformation,
    tokenFingerprint,
    sameTokenOnReopen: again,
  };
}

/** From "Connect" to the moment before the callback; returns the callback URL. */
async function connect(user: PimUser, clientId: string, step: Step): Promise<string> {
  const authorizeUrl = await step('"Connect": the App sends the browser to the PIM', async () =>
    user.startActivation(await user.activateUrl(clientId)),
  );
  await step('The PIM shows what the App asks for', async () => {
    const next = await user.authorize(authorizeUrl);
    check('wizard' in next, `it shows ${Object.keys(next).join()} instead`);
  });
  return step('"Confirm": the PIM sends the browser back with a code', () =>
    user.confirm(clientId),
  );
}

async function storedConnection(
  app: LocalApp,
  pimUrl: string,
  clientId: string,
): Promise<StoredConnection> {
  const connection = await readStoredConnection(app, { pimUrl, clientId });
  check(connection !== undefined, 'there is no connection in the table');
  return connection;
}

function expectConnected({ status, body }: Page): void {
  const title = /<h1>(.*)<\/h1>/.exec(body)?.[1];
  check(status === 200 && title === 'Connected', `it says "${title}" with status ${status}`);
}

function callApi(pimUrl: string, { accessToken }: StoredConnection): Promise<Response> {
  return fetch(`${pimUrl}/api/rest/v1/system-information`, {
    headers: { authorization: `Bearer ${accessToken.reveal()}` },
  });
}
