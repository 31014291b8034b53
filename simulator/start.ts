import { createServer } from 'node:http';
import { disconnectApp } from './apps/disconnect.ts';
import { listenOnLocalhost } from './http/localhost.ts';
import type { SimulatedPimOptions } from './options.ts';
import { createPim, type Pim } from './pim.ts';
import { requestListener } from './request-listener.ts';
import type { RecordedRequest, SimulatedPim } from './simulated-pim.ts';

/**
 * Starts a PIM on the loopback interface, empty: no App is registered.
 *
 * @returns the PIM once it listens
 * @throws {Error} with code `EADDRINUSE` when the port is taken
 */
export async function startSimulatedPim(options: SimulatedPimOptions = {}): Promise<SimulatedPim> {
  const server = createServer();
  const { port, stop } = await listenOnLocalhost(server, options.port ?? 0);
  const pim = createPim(`http://localhost:${port}${options.path ?? ''}`, options);
  const requests: RecordedRequest[] = [];
  server.on('request', requestListener(pim, requests));
  return { ...controls(pim), requests, close: stop };
}

function controls(pim: Pim): Omit<SimulatedPim, 'requests' | 'close'> {
  return {
    url: pim.url,
    registerApp: (app) => {
      const { clientId, clientSecret } = pim.customApps.register(app);
      return { clientId, clientSecret };
    },
    regenerateSecret: (clientId) => {
      const secret = pim.customApps.regenerateSecret(clientId);
      if (secret === undefined) throw new Error(`No App ${clientId} is registered.`);
      return secret;
    },
    disconnect: (clientId) => disconnectApp(pim, clientId),
    rotateOpenIdKeys: () => pim.openIdKeys.rotate(),
    orderFault: (fault) => pim.faults.order(fault),
    clearFaults: () => pim.faults.clear(),
  };
}
