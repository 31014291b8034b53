/** `npm start`: the activation on this machine, with a simulated PIM or a real one. */
import type { ScopeSet } from '../functions/pim/scopes.ts';
import { type LocalApp, startLocalApp } from './local-app.ts';
import { readStartOptions, type StartOptions } from './options.ts';
import { startSimulator, unknownScopes } from './simulator.ts';
import { announce, announceUrls, credentialsOf, explain, readableLine, tell } from './terminal.ts';

/** Starts everything and keeps it running until Ctrl-C. */
async function start(options: StartOptions): Promise<void> {
  const app = await startLocalApp({
    port: options.port,
    log: (line) => tell(readableLine(line)),
    ...(options.data !== undefined && { dataFolder: options.data }),
  });
  const pim = await openPim(app, options).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  stopAtSignal(async () => {
    await pim.close();
    await app.close();
  });
  announce(app, pim.url, options);
}

function stopAtSignal(close: () => Promise<void>): void {
  let isStopping = false;
  // At Ctrl-C the signal comes twice, from the terminal and from npm. The second one must not interrupt the first.
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void close().then(() => process.exit(0));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

/** The PIM that the App works with. Closing a real one does nothing. */
interface OpenPim {
  readonly url: string;
  close(): Promise<void>;
}

async function openPim(
  app: LocalApp,
  { pim, clientId, scopes, appUrl, port }: StartOptions,
): Promise<OpenPim> {
  const settings = { scopes, ...(appUrl !== undefined && { appUrl }) };
  if (!pim) {
    warnOfUnknown(scopes);
    const simulator = await startSimulator(app, { port: nextPort(port), ...settings });
    return simulator.pim;
  }
  // A PIM shows the credentials only after both URLs are registered there.
  if (clientId === undefined) announceUrls(app, pim);
  const credentials = await credentialsOf(clientId);
  await app.register({ pim, ...credentials, ...settings });
  return { url: pim.toString(), close: async () => {} };
}

function warnOfUnknown(scopes: ScopeSet): void {
  const unknown = unknownScopes(scopes);
  if (unknown.length > 0)
    tell(
      `warning: the simulated PIM will not offer ${unknown.join(', ')}: it knows no such scope.`,
    );
}

/** The port after the App's, so that the simulated PIM has the same address at every start. */
function nextPort(port: number): number {
  return port === 0 || port === 65535 ? 0 : port + 1;
}

try {
  await start(readStartOptions(process.argv.slice(2)));
} catch (error) {
  tell(`error: ${explain(error)}`);
  process.exit(1);
}
