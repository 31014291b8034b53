import { existsSync } from 'node:fs';
import { NODE_24 } from './node24.ts';

/**
 * Checks for what `npm ci` in the project does not install, as only the bench needs it.
 *
 * @throws {Error} with the commands that install it.
 */
export function requireInstalled(): void {
  const peers = new URL('./peers/node_modules/', import.meta.url);
  const missing = [
    ...(existsSync(NODE_24) ? [] : ['test/node24']),
    ...(existsSync(peers) ? [] : ['test/bench/peers']),
  ];
  if (missing.length > 0)
    throw new Error(
      `The bench needs: ${missing.map((folder) => `npm ci --prefix ${folder}`).join(' && ')}`,
    );
}
