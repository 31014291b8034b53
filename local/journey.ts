import { BrowserSession, type Page, PimUser } from '../simulator/user/index.ts';
import type { LocalApp } from './local-app.ts';
import type { ConnectedSimulator } from './simulator.ts';
import { readStoredConnection, type StoredConnection } from './stored-connection.ts';

/** What the journey found, without secrets. */
export interface Summary {
  readonly connected: boolean;
  readonly granted: readonly string[];
  /** The PIM's answer to `GET /api/rest/v1/system-information`. */
  readonly systemInformation: unknown;
  readonly tokenFingerprint: string;
  readonly sameTokenOnReopen: boolean;
}

/** What every part of the journey uses. */
interface Context {
  readonly user: PimUser;
  readonly clientId: string;
  readonly step: Step;
  /** Reads the connection from the table. */
  readonly stored: () => Promise<StoredConnection>;
}

/**
 * Everything that a PIM user does with an App: connect, consent, open again, disconnect. Checks every step.
 *
 * @throws {Error} at the first step that fails
 */
export async function journey(
  app: LocalApp,
  { pim, clientId }: ConnectedSimulator,
  step: Step,
): Promise<Summary> {
  const user = new PimUser(new BrowserSession(), pim.url);
  const context = { user, clientId, step, stored: () => storedConnection(app, pim.url, clientId) };
  const connection = await connect(context);
  const systemInformation = await callPim(context, connection);
  const sameTokenOnReopen = await openAgain(context, connection);
  await disconnect(context, connection);
  const { grantedScopes: granted, tokenFingerprint } = connection;
  return { connected: true, granted, systemInformation, tokenFingerprint, sameTokenOnReopen };
}

async function connect(context: Context): Promise<StoredConnection> {
  const { user, step, stored } = context;
  const callbackUrl = await authorize(context);
  await step('The App exchanges the code, saves the token and says "Connected"', async () =>
    expectPage('Connected', await user.session.follow(callbackUrl)),
  );
  return step('The access token is in DynamoDB, encrypted', stored);
}

/** From "Connect" to the callback URL, which is not opened yet. */
async function authorize({ user, clientId, step }: Context): Promise<string> {
  const authorizeUrl = await step('"Connect": the App sends the browser to the PIM', async () =>
    user.startActivation(await user.activateUrl(clientId)),
  );
  await step('The PIM shows what the App asks for', async () => {
    const next = await user.authorize(authorizeUrl);
    check(next.kind === 'wizard', `it shows ${next.kind} instead`);
  });
  return step('"Confirm": the PIM sends the browser back with a code', () =>
    user.confirm(clientId),
  );
}

async function callPim({ user, step }: Context, connection: StoredConnection): Promise<unknown> {
  const information = await step("The stored token opens the PIM's REST API", async () => {
    const response = await readResource(user.pimUrl, 'system-information', connection);
    expectStatus(response, 200);
    return response.json();
  });
  await step('It reads what its scopes open, and nothing else', async () => {
    for (const [name, scope] of OPENED_BY) {
      const status = connection.grantedScopes.includes(scope) ? 200 : 403;
      expectStatus(await readResource(user.pimUrl, name, connection), status);
    }
  });
  return information;
}

/** What an official client reads first, and the scopes for it. */
const OPENED_BY = [
  ['channels', 'read_channel_settings'],
  ['locales', 'read_channel_localization'],
  ['families', 'read_catalog_structure'],
  ['attributes', 'read_catalog_structure'],
  ['products', 'read_products'],
] as const;

async function openAgain(
  { user, clientId, step, stored }: Context,
  before: StoredConnection,
): Promise<boolean> {
  await step('"Open app": the App says "You are connected" without a question', async () =>
    expectPage('You are connected', await user.openApp(clientId)),
  );
  return step('The connection still has the same token', async () => {
    const { tokenFingerprint } = await stored();
    check(tokenFingerprint === before.tokenFingerprint, 'the token has changed');
    return true;
  });
}

function disconnect(
  { user, clientId, step }: Context,
  connection: StoredConnection,
): Promise<void> {
  return step('"Disconnect": the PIM refuses the token from now on', async () => {
    await user.disconnect(clientId);
    expectStatus(await readResource(user.pimUrl, 'system-information', connection), 401);
  });
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

function readResource(
  pimUrl: string,
  name: string,
  { accessToken }: StoredConnection,
): Promise<Response> {
  return fetch(`${pimUrl}/api/rest/v1/${name}`, {
    headers: { authorization: `Bearer ${accessToken.reveal()}` },
  });
}

function expectPage(expected: string, { status, body }: Page): void {
  const title = /<h1>(.*)<\/h1>/.exec(body)?.[1];
  check(status === 200 && title === expected, `it says "${title}" with status ${status}`);
}

function expectStatus({ status }: Response, expected: number): void {
  check(status === expected, `the PIM answered ${status}`);
}

/** A step failed. The message gives the reason, without secrets. */
class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

/** Runs one step of the demo, prints its result and returns its value. Rejects when the step does. */
export type Step = <T>(words: string, run: () => Promise<T>) => Promise<T>;

/**
 * Prints each step as a line: `✓ …` when it succeeded, `✗ …` and the reason when it failed.
 *
 * @param tell takes one line, without a line end
 */
export function stepTeller(tell: (line: string) => void): Step {
  return async (words, run) => {
    try {
      const value = await run();
      tell(`✓ ${words}`);
      return value;
    } catch (error) {
      tell(`✗ ${words}: ${reasonOf(error)}`);
      throw error;
    }
  };
}

function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new StepFailure(reason);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : 'an unknown reason';
}
