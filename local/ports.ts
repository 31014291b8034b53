import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listenAt } from '../simulator/http/localhost.ts';
import { replaceFile } from './env-file.ts';

/** What listens, in the order in which the ports are counted. */
export const LISTENERS = ['app', 'pim', 'dynamodb', 'kms'] as const;

type Listener = (typeof LISTENERS)[number];

/** A port for each; 0 takes any free one. */
export type Ports = Readonly<Record<Listener, number>>;

/** How each is called, and which option gives it a port. */
const CALLED: Readonly<Record<Listener, { readonly name: string; readonly flag: string }>> = {
  app: { name: 'the App', flag: '--port' },
  pim: { name: 'the simulated PIM', flag: '--pim-port' },
  dynamodb: { name: 'DynamoDB', flag: '--dynamodb-port' },
  kms: { name: 'KMS', flag: '--kms-port' },
};

/** The ports that were chosen; absent where nothing was. */
export interface ChosenPorts {
  /** Where counting starts; 0 for any free ports. */
  readonly port?: number;
  readonly pimPort?: number;
  readonly dynamodbPort?: number;
  readonly kmsPort?: number;
}

export const FIRST_PORT = 3000;

/** The last port from which all can be counted. */
export const LAST_FIRST_PORT = 65535 - LISTENERS.length + 1;

/** @param kept the ports of the last start, for a back end that knows them. A choice wins. */
export function portsOf(chosen: ChosenPorts, kept?: Ports): Ports {
  const counted = chosen.port === undefined && kept ? kept : countedFrom(chosen.port ?? FIRST_PORT);
  return {
    app: counted.app,
    pim: chosen.pimPort ?? counted.pim,
    dynamodb: chosen.dynamodbPort ?? counted.dynamodb,
    kms: chosen.kmsPort ?? counted.kms,
  };
}

function countedFrom(first: number): Ports {
  const [app, pim, dynamodb, kms] = [0, 1, 2, 3].map((offset) =>
    first === 0 ? 0 : first + offset,
  );
  return { app, pim, dynamodb, kms } as Ports;
}

const FOUR = '--port <number> for four in a row, --port auto for any free ones';

/** The options that choose other ports for these. */
function othersFor(listeners: readonly Listener[]): string {
  const flags = listeners.map((one) => `${CALLED[one].flag} <number>`);
  return [...flags.filter((flag) => !flag.startsWith('--port ')), FOUR].join(', ');
}

/** Another program has a port of ours. The message says which, and how to take others. */
export class PortsTakenError extends Error {
  override readonly name = 'PortsTakenError';

  constructor(taken: readonly Listener[], ports: Ports) {
    const named = taken.map((one) => `${ports[one]} (${CALLED[one].name})`).join(', ');
    const which = taken.length === 1 ? `Port ${named} is` : `Ports ${named} are`;
    super(
      `${which} taken by another program. Stop that one, or choose others: ${othersFor(taken)}.`,
    );
  }
}

/**
 * Looks at all ports before anything starts, so that a second start names all that the first one has.
 *
 * @throws {PortsTakenError}
 * @throws {Error} with what to do when two have the same port, or when this machine has no such address.
 */
export async function checkPorts(
  ports: Ports,
  needed: readonly Listener[],
  host?: string,
): Promise<void> {
  const double = needed.find((one) => ports[one] !== 0 && sharing(ports, needed, one).length > 1);
  if (double) throw new Error(samePort(sharing(ports, needed, double), ports[double]));
  const taken: Listener[] = [];
  for (const one of needed) if (await isTaken(ports[one], host)) taken.push(one);
  if (taken.length > 0) throw new PortsTakenError(taken, ports);
}

/** Who has the port of this one. */
function sharing(ports: Ports, needed: readonly Listener[], one: Listener): readonly Listener[] {
  return needed.filter((other) => ports[other] === ports[one]);
}

function samePort(listeners: readonly Listener[], port: number): string {
  const names = listeners.map((one) => CALLED[one].name).join(' and ');
  return `Port ${port} is that of ${names}. Choose others: ${othersFor(listeners)}.`;
}

async function isTaken(port: number, host: string | undefined): Promise<boolean> {
  try {
    const { stop } = await listenAt(createServer(), port, host);
    await stop();
    return false;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EADDRINUSE') return true;
    if (code === 'EADDRNOTAVAIL')
      throw new Error(`This machine has no address ${host}. Give --host one that it has.`, {
        cause: error,
      });
    if (code === 'EACCES')
      throw new Error(`Port ${port} is for administrators. Choose others: ${FOUR}.`, {
        cause: error,
      });
    throw error;
  }
}

/** The file that keeps the ports, in the data folder. */
export const PORTS_FILE = 'ports.json';

/** The ports of the last start over a data folder; `undefined` if there was none that can be read. */
export function keptPorts(folder: string | undefined): Ports | undefined {
  if (folder === undefined || !existsSync(join(folder, PORTS_FILE))) return undefined;
  try {
    const kept = JSON.parse(readFileSync(join(folder, PORTS_FILE), 'utf8')) as Partial<Ports>;
    return LISTENERS.every((one) => Number.isInteger(kept[one])) ? (kept as Ports) : undefined;
  } catch {
    return undefined;
  }
}

export function keepPorts(folder: string, ports: Ports): void {
  replaceFile(join(folder, PORTS_FILE), `${JSON.stringify(ports)}\n`);
}
