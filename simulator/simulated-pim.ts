import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { AppRegistration, CustomAppForm } from './apps/custom-apps.ts';
import type { Fault } from './faults.ts';
import { isForLocalhost, listenAt } from './http/localhost.ts';
import { rememberIn } from './memory.ts';
import { createPim, disconnectApp, type Pim, type SimulatedPimOptions } from './pim.ts';
import { type RecordedRequest, webApplication } from './server.ts';

/** A running PIM, for the test or the demo that started it. */
export interface SimulatedPim {
  /** `http://localhost:<port><path>`: what it sends as `pim_url`, and its `iss`. */
  readonly url: string;

  /**
   * Registers a custom App, as a person does in the App Store.
   *
   * @throws {InvalidCustomAppError} when the PIM would refuse it, or the client id is taken
   */
  registerApp(app: AppRegistration): { clientId: string; clientSecret: string };

  /**
   * Changes the name and the URLs of an App. Its credentials and its token stay.
   *
   * @returns the credentials; `undefined` when there is no such App
   * @throws {InvalidCustomAppError} when the PIM would refuse it
   */
  updateApp(
    clientId: string,
    form: CustomAppForm,
  ): { clientId: string; clientSecret: string } | undefined;

  /**
   * Gives an App a new secret and returns it. Tokens stay valid.
   *
   * @throws {Error} when there is no such App
   */
  regenerateSecret(clientId: string): Promise<string>;

  /** Disconnects an App and revokes its tokens. The App is not told. */
  disconnect(clientId: string): void;

  /** Replaces the key pair of id tokens; there is no overlap. */
  rotateOpenIdKeys(): void;

  /**
   * Takes the key pair of id tokens away, as in a PIM where nobody has made one. A code that is exchanged with `openid`
   * granted is then used up and answered with 500. {@link rotateOpenIdKeys} makes a new pair.
   */
  removeOpenIdKeys(): void;

  /** Queues a fault. */
  orderFault(fault: Fault): void;

  /** Empties the queue of faults. */
  clearFaults(): void;

  /** Every request so far, oldest first. */
  readonly requests: readonly RecordedRequest[];

  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

/**
 * Starts a PIM on the loopback interface. No App is registered, unless `file` remembers one.
 *
 * @returns the PIM once it listens
 * @throws {Error} with code `EADDRINUSE` when the port is taken
 */
export async function startSimulatedPim(options: SimulatedPimOptions = {}): Promise<SimulatedPim> {
  const server = createServer();
  const { port, stop } = await listenAt(server, options.port ?? 0, options.host);
  const origin = options.publicUrl ?? `http://localhost:${port}`;
  const { memory, save } = rememberIn(options.file);
  const pim = createPim(`${origin}${options.path ?? ''}`, memory, options);
  const requests: RecordedRequest[] = [];
  server.on('request', requestListener(pim, requests, save, options.host !== undefined));
  return { ...controls(pim, save), requests, close: stop };
}

/** Answers every request, whatever its bytes are: what nobody answers must not end the process. */
function requestListener(
  pim: Pim,
  requests: RecordedRequest[],
  save: () => void,
  hasAnyName: boolean,
): RequestListener {
  const { host } = new URL(pim.url);
  const { fetch } = webApplication(pim, requests, save);
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false });
  return (request, response) => {
    if (!hasAnyName && !isForLocalhost(request) && request.headers.host !== host) {
      response.writeHead(403).end(`The simulated PIM is at ${pim.url} and has no other name.\n`);
      return;
    }
    listener(request, response).catch(() => response.destroy());
  };
}

function controls(pim: Pim, save: () => void): Omit<SimulatedPim, 'requests' | 'close'> {
  return {
    url: pim.url,
    registerApp: (app) => {
      const { clientId, clientSecret } = pim.customApps.register(app);
      save();
      return { clientId, clientSecret };
    },
    updateApp: (clientId, form) => {
      const app = pim.customApps.update(clientId, form);
      save();
      return app && { clientId, clientSecret: app.clientSecret };
    },
    regenerateSecret: async (clientId) => {
      const secret = await pim.customApps.regenerateSecret(clientId);
      if (secret === undefined) throw new Error(`No App ${clientId} is registered.`);
      save();
      return secret;
    },
    disconnect: (clientId) => {
      disconnectApp(pim, clientId);
      save();
    },
    rotateOpenIdKeys: () => {
      pim.openIdKeys.rotate();
      save();
    },
    removeOpenIdKeys: () => pim.openIdKeys.remove(),
    orderFault: (fault) => pim.faults.order(fault),
    clearFaults: () => pim.faults.clear(),
  };
}
