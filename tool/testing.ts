/** `akeneo-app/testing`: the local App, for the tests of an App's back ends. */
import { parseScope } from '../functions/pim/scopes.ts';
import { type BackEndEnvironment, backEndEnvironment } from '../local/back-end-environment.ts';
import { startLocalApp as start } from '../local/local-app.ts';
import { startSimulator } from '../local/simulator.ts';
import type { SimulatedPim } from '../simulator/index.ts';
import { BrowserSession, PimUser } from '../simulator/user/index.ts';

export {
  type LocalConnectionsOptions,
  openLocalConnections,
} from '../local/open-local-connections.ts';

/** What a test may choose. */
export interface LocalAppOptions {
  /** What the App asks for, separated by blanks. @default 'read_products' */
  readonly scopes?: string;
  /** Takes each line of the functions' log. @default nothing is logged */
  readonly log?: (line: string) => void;
}

/** The activation and a simulated PIM, both in this process and in memory, on free ports. */
export interface LocalApp {
  /** The PIM, in which the App is registered. It says what it was asked, and fails on request. */
  readonly pim: SimulatedPim;
  /** Of the App in that PIM. */
  readonly clientId: string;
  /** What PIM users open. */
  readonly activateUrl: string;
  /** The variables with which a back end in any language, or {@link openLocalConnections}, reads the connections. */
  readonly environment: BackEndEnvironment;
  /**
   * Plays a PIM user who connects the App.
   *
   * @throws {Error} when that does not end in a connection.
   */
  connect(): Promise<void>;
  /** Plays a PIM user who disconnects the App. It is not told. */
  disconnect(): void;
  /** Stops everything. */
  close(): Promise<void>;
}

/** Starts the activation and a simulated PIM. Nobody has connected yet. */
export async function startLocalApp(options: LocalAppOptions = {}): Promise<LocalApp> {
  const { scopes = 'read_products', log = () => {} } = options;
  const app = await start({ port: 0, log });
  const { pim, clientId } = await startSimulator(app, { port: 0, scopes: parseScope(scopes) });
  return {
    pim,
    clientId,
    activateUrl: app.activateUrl,
    environment: backEndEnvironment(app),
    connect: async () => {
      const { status, url } = await new PimUser(new BrowserSession(), pim.url).connect(clientId);
      if (status !== 200) throw new Error(`The App answers ${status} at ${new URL(url).pathname}.`);
    },
    disconnect: () => pim.disconnect(clientId),
    close: async () => {
      await pim.close();
      await app.close();
    },
  };
}
