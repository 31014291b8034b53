import { ALLOW_UNKNOWN_SCOPES } from '../../../cli/pims/settings.ts';
import { callbackIdOf, callbackUrlWith } from '../../../functions/pim/callback-id.ts';
import { LIVE_ALIAS } from '../../../functions/stack-outputs.ts';
import type { TableNames } from '../../../local/store/tables.ts';
import type { SimulatedPim } from '../../../simulator/index.ts';
import { type BrowserSession, type Page, PimUser } from '../../../simulator/user/index.ts';
import {
  type AppInPim,
  type ConnectionSeen,
  type JourneyWorld,
  type ListedPim,
  SCOPES,
} from '../../support/journeys/journey-world.ts';
import { startMarkedPim } from '../../support/marked-pim.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { RecordingSession } from '../../support/recording-session.ts';
import { textOf } from '../../support/row-text.ts';
import type { Deployment } from './deployment.ts';
import { EventQueue } from './event-queue.ts';
import { functionName, invokeFunction } from './functions.ts';
import { decryptToken, readConnection } from './stored-token.ts';

/** What an operator says of a PIM beside its credentials. */
interface Registration {
  readonly scopes?: string;
  readonly appUrl?: string;
  readonly loginUrl?: string;
  readonly redirectUrl?: string;
}

/** The journeys' world on a deployed stack: real functions behind the real URLs, PIMs on this machine. */
export class DeployedWorld implements JourneyWorld {
  readonly deployment: Deployment;
  /** What the App has answered so far. */
  readonly pages: Page[] = [];
  /** Every PIM that was ever started, also those that are gone. */
  readonly pims: SimulatedPim[] = [];
  /** Gets every event of the stack. */
  readonly events: EventQueue;

  private constructor(deployment: Deployment, events: EventQueue) {
    this.deployment = deployment;
    this.events = events;
  }

  /** A world on the stack, with a consumer of its events. */
  static async open(deployment: Deployment): Promise<DeployedWorld> {
    return new DeployedWorld(deployment, await EventQueue.open(deployment));
  }

  get app() {
    const activateUrl = this.output('ActivateUrl');
    const callbackUrl = this.output('CallbackUrl');
    const callbackUrlOf = (pim: string) => callbackUrlWith(callbackUrl, callbackIdOf(pimUrl(pim)));
    return { url: new URL(activateUrl).origin, activateUrl, callbackUrl, callbackUrlOf };
  }

  get tables(): TableNames {
    return {
      pims: this.output('PimsTable'),
      clients: this.output('ClientsTable'),
      flows: this.output('FlowsTable'),
      connections: this.output('ConnectionsTable'),
    };
  }

  /**
   * In the stack of somebody else the place of the construct stands before the activation's outputs.
   *
   * @throws {Error} when the stack has no such output.
   */
  output(name: string): string {
    const { outputs } = this.deployment;
    const value = outputs[`Activation${name}`] ?? outputs[name];
    if (value === undefined) throw new Error(`The stack has no output ${name}.`);
    return value;
  }

  async startPim(registration: Registration = {}): Promise<ListedPim> {
    const { pim, tokensIssued } = await startMarkedPim();
    this.pims.push(pim);
    const { activateUrl, callbackUrlOf } = this.app;
    const { clientId, clientSecret } = pim.registerApp({
      name: 'My App',
      activateUrl,
      callbackUrl: callbackUrlOf(pim.url),
    });
    await this.#list({ pim, clientId }, clientSecret, registration);
    return { pim, clientId, tokensIssued };
  }

  browser(): BrowserSession {
    return new RecordingSession((page) => {
      if (page.url.startsWith(this.app.url)) this.pages.push(page);
    });
  }

  user({ pim }: AppInPim, session = this.browser()): PimUser {
    return new PimUser(session, pim.url);
  }

  async connection({ pim, clientId }: AppInPim): Promise<ConnectionSeen | undefined> {
    const { dynamoDb, kms } = this.deployment;
    const key = { pim: pim.url, clientId };
    const row = await readConnection(dynamoDb, this.tables.connections, key);
    if (!row) return undefined;
    const accessToken = await decryptToken(kms, row, key);
    return { text: (name) => textOf(row, name), accessToken };
  }

  /** Lets the health check look at every connection, as its schedule does. */
  async sweep(): Promise<void> {
    const { lambda } = this.deployment;
    const name = await functionName(lambda, 'ActivationHealth');
    await invokeFunction(lambda, `${name}:${LIVE_ALIAS}`, { time: new Date().toISOString() });
  }

  /** Ends the PIMs and the deployment. */
  async close(): Promise<void> {
    await Promise.all(this.pims.map((pim) => pim.close()));
    await this.deployment.close();
  }

  /** By the operator's own command. */
  async #list(
    { pim, clientId }: AppInPim,
    clientSecret: string,
    { scopes = SCOPES, appUrl, loginUrl, redirectUrl }: Registration,
  ): Promise<void> {
    const args = ['pims', 'add', pim.url, '--client-id', clientId, '--scopes', scopes];
    const urls = { '--app-url': appUrl, '--login-url': loginUrl, '--redirect-url': redirectUrl };
    for (const [flag, url] of Object.entries(urls)) if (url !== undefined) args.push(flag, url);
    // Some journeys ask for a scope that no PIM knows.
    await this.deployment.operator.json([...args, ALLOW_UNKNOWN_SCOPES], clientSecret);
  }
}
