import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listenOnLocalhost } from '../simulator/http/localhost.ts';

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

/** Another program has a port of ours. The message says which, and how to take others. */
export class PortsTakenError extends Error {
  override readonly name = 'PortsTakenError';

  constructor(taken: readonly Listener[], ports: Ports) {
    const named = taken.map((one) => `${ports[one]} (${CALLED[one].name})`).join(', ');
    const which = taken.length === 1 ? `Port ${named} is` : `Ports ${named} are`;
    const flags = taken.map((one) => `${CALLED[one].flag} <number>`);
    const four = '--port <number> for four in a row, --port auto for any free ones';
    const others = [...flags.filter((flag) => !flag.startsWith('--port ')), four].join(', ');
    super(`${which} taken by another program. Stop that one, or choose others: ${others}.`);
  }
}

/**
 * Looks at all ports before anything starts, so that a second start names all that the first one has.
 *
 * @throws {PortsTakenError}
 */
export async function checkPorts(ports: Ports, needed: readonly Listener[]): Promise<void> {
  const taken: Listener[] = [];
  for (const one of needed) if (await isTaken(ports[one])) taken.push(one);
  if (taken.length > 0) throw new PortsTakenError(taken, ports);
}

async function isTaken(port: number): Promise<boolean> {
  try {
    const { stop } = await listenOnLocalhost(createServer(), port);
    await stop();
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return true;
    throw error;
  }
}

/** The file that keeps the ports, in the data folder. */
export const PORTS_FILE = 'ports.json';

/** The ports of the last start over a data folder; `undefined` if there was none. */
export function keptPorts(folder: string | undefined): Ports | undefined {
  if (folder === undefined || !existsSync(join(folder, PORTS_FILE))) return undefined;
  const kept = JSON.parse(readFileSync(join(folder, PORTS_FILE), 'utf8')) as Partial<Ports>;
  return LISTENERS.every((one) => Number.isInteger(kept[one])) ? (kept as Ports) : undefined;
}

export function keepPorts(folder: string, ports: Ports): void {
  writeFileSync(join(folder, PORTS_FILE), `${JSON.stringify(ports)}\n`);
}
