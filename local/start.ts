/** `npm start`: the activation on this machine, with a simulated PIM or a real one. */

import { join } from 'node:path';
import { offeredLanguages } from '../functions/pages/known-languages.ts';
import type { ScopeSet } from '../functions/pim/scopes.ts';
import { isStarted } from '../terminal/called.ts';
import { type ShownEvent, watchConnections } from './connection-events.ts';
import {
  type EventDelivery,
  eventDelivery,
  keepUndelivered,
  undeliveredEvents,
} from './event-delivery.ts';
import { type LocalApp, startLocalApp } from './local-app.ts';
import { readableEvent, readableLine } from './log-lines.ts';
import { readStartOptions, type StartOptions } from './options.ts';
import { checkPorts, keepPorts, keptPorts, LISTENERS, type Ports, portsOf } from './ports.ts';
import { startSimulator, unknownScopes } from './simulator.ts';
import { PIM_FILE } from './store/data-folder.ts';
import { announce, announceUrls, credentialsOf, explain, tell } from './terminal.ts';

/** Starts everything and keeps it running until Ctrl-C. */
async function start(options: StartOptions, ports: Ports): Promise<void> {
  await checkPorts(
    ports,
    LISTENERS.filter((one) => one !== 'pim' || !options.pim),
    options.host,
  );
  const app = await startLocalApp({
    port: ports.app,
    dynamodbPort: ports.dynamodb,
    kmsPort: ports.kms,
    log: (line) => tell(readableLine(line)),
    languages: offeredLanguages(options),
    app: options.app,
    identity: options.login !== undefined,
    ...(options.data !== undefined && { dataFolder: options.data }),
    ...(options.host !== undefined && { host: options.host }),
    ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
  });
  const pim = await openPim(app, options, ports).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const { client, address } = app.dynamoDb;
  const delivery = openDelivery(options);
  const tellEvent = (event: ShownEvent) => {
    tell(readableEvent(event));
    delivery?.deliver(event);
  };
  const unwatch = watchConnections(client, address.tables.connections, tellEvent);
  stopAtSignal(async () => {
    await unwatch();
    if (delivery) await endDelivery(delivery, options);
    await pim.close();
    await app.close();
  });
  if (options.data !== undefined) keep(options.data, app, pim.url, ports);
  announce(app, pim.url, options);
}

/** @throws {Error} with what to do when the file cannot be written. */
function openDelivery({ events, data }: StartOptions): EventDelivery | undefined {
  return events === undefined
    ? undefined
    : eventDelivery(events, { tell, waiting: undeliveredEvents(data) });
}

async function endDelivery(delivery: EventDelivery, { data }: StartOptions): Promise<void> {
  const told = keepUndelivered(data, await delivery.close());
  if (told !== undefined) tell(told);
}

/** Keeps the ports, so that a back end that works today works tomorrow. */
function keep(folder: string, app: LocalApp, pimUrl: string, ports: Ports): void {
  const portOf = (url: string): number => Number(new URL(url).port);
  keepPorts(folder, {
    app: app.port,
    pim: ports.pim === 0 ? portOf(pimUrl) : ports.pim,
    dynamodb: portOf(app.dynamoDb.address.endpoint),
    kms: portOf(app.kms.address.endpoint),
  });
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
  stopWithNpm(stop);
}

/** How often to look whether npm's shell is there, in milliseconds. */
const LOOK_EVERY_MS = 200;

/** npm passes a signal on to its shell alone, which some systems put in between. The ports must not stay taken. */
function stopWithNpm(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const shell = process.ppid;
  setInterval(() => process.ppid !== shell && stop(), LOOK_EVERY_MS).unref();
}

/** The PIM that the App works with. Closing a real one does nothing. */
interface OpenPim {
  readonly url: string;
  close(): Promise<void>;
}

async function openPim(
  app: LocalApp,
  { pim, clientId, scopes, appUrl, login, data, host, pimPublicUrl, app: face }: StartOptions,
  ports: Ports,
): Promise<OpenPim> {
  const settings = { scopes, ...(appUrl !== undefined && { appUrl }) };
  if (!pim) {
    warnOfUnknown(scopes);
    const simulator = await startSimulator(app, {
      port: ports.pim,
      app: face,
      ...(data !== undefined && { file: join(data, PIM_FILE) }),
      ...(login && { login }),
      ...(host !== undefined && { host }),
      ...(pimPublicUrl !== undefined && { publicUrl: pimPublicUrl }),
      ...settings,
    });
    return simulator.pim;
  }
  // A PIM shows the credentials only after both URLs are registered there.
  if (clientId === undefined) announceUrls(app, pim);
  const credentials = await credentialsOf(clientId);
  await app.register({ pim, ...credentials, ...settings, ...login });
  return { url: pim.toString(), close: async () => {} };
}

function warnOfUnknown(scopes: ScopeSet): void {
  const unknown = unknownScopes(scopes);
  if (unknown.length > 0)
    tell(
      `warning: the simulated PIM will not offer ${unknown.join(', ')}: it knows no such scope.`,
    );
}

/** Runs until Ctrl-C. Ends the process with a message and status 1 when something is wrong. */
export async function dev(argv: readonly string[]): Promise<void> {
  try {
    const options = readStartOptions(argv);
    await start(options, portsOf(options, keptPorts(options.data)));
  } catch (error) {
    tell(`error: ${explain(error)}`);
    process.exit(1);
  }
}

if (isStarted(import.meta.url)) void dev(process.argv.slice(2));
