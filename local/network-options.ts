import { isIP } from 'node:net';
import { InvalidArgumentError, Option } from 'commander';
import { parseUrl } from '../functions/pim/parse-url.ts';
import { FIRST_PORT, LAST_FIRST_PORT } from './ports.ts';

/** The options of `npm start` that say where it listens, and how others reach it. */
export const NETWORK_OPTIONS: readonly Option[] = [
  new Option(
    '--port <number>',
    `where the App listens on localhost; the simulated PIM, DynamoDB and KMS take the next three ports; "auto" takes any free ones (default: ${FIRST_PORT}, or those of the last start with this --data)`,
  ).argParser(readFirstPort),
  new Option('--pim-port <number>', 'where the simulated PIM listens').argParser(readPort),
  new Option('--dynamodb-port <number>', 'where DynamoDB listens').argParser(readPort),
  new Option('--kms-port <number>', 'where KMS listens').argParser(readPort),
  new Option('--public-url <url>', 'how others reach the App, such as a tunnel').argParser(
    readPublicUrl,
  ),
  new Option('--pim-public-url <url>', 'how others reach the simulated PIM').argParser(
    readPublicUrl,
  ),
  new Option(
    '--host <address>',
    'listen at this address, too, such as 0.0.0.0 for all, as in a container (needs the next option)',
  ).argParser(readHost),
  new Option(
    '--dangerously-allow-other-machines',
    'let whoever reaches this machine read every token and change every table',
  ),
];

/**
 * Reads `--port`, from which the others are counted.
 *
 * @throws {InvalidArgumentError} for anything but `auto` and a number that leaves room for the others.
 */
export function readFirstPort(value: string): number {
  const port = readPort(value);
  if (port <= LAST_FIRST_PORT) return port;
  throw new InvalidArgumentError(`It has to be at most ${LAST_FIRST_PORT}, for four in a row.`);
}

/** @throws {InvalidArgumentError} for anything but `auto`, which is 0, and a whole number from 0 to 65535. */
export function readPort(value: string): number {
  if (value === 'auto') return 0;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65535) return port;
  throw new InvalidArgumentError('It has to be a number from 0 (any free port) to 65535.');
}

/**
 * Reads where to listen beside localhost.
 *
 * @returns `undefined` for localhost itself.
 * @throws {InvalidArgumentError} for anything but an address.
 */
export function readHost(value: string): string | undefined {
  if (/^(localhost|127\.0\.0\.1|::1)$/i.test(value)) return undefined;
  if (isIP(value) > 0) return value;
  throw new InvalidArgumentError(
    'It has to be an address of this machine, such as 0.0.0.0 for all of them.',
  );
}

/**
 * Reads how others reach a server here.
 *
 * @throws {InvalidArgumentError} for anything but scheme, host and port, as the paths are ours; for plain http elsewhere,
 * where browsers keep no cookie of the App.
 */
export function readPublicUrl(value: string): string {
  const url = parseUrl(value);
  const isOnlyOrigin = url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (!isOnlyOrigin)
    throw new InvalidArgumentError(
      'It has to be an address without path, query and user, such as https://name-3000.app.github.dev.',
    );
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return url.origin;
  throw new InvalidArgumentError(
    'It has to be https: elsewhere than on localhost, browsers keep no cookie of the App without it.',
  );
}

const isLoopback = (hostname: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
