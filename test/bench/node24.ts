import { fileURLToPath } from 'node:url';

/** Lambda's version of Node, which the project installs beside the one that develops it. */
export const NODE_24 = fileURLToPath(new URL('../node24/node_modules/.bin/node', import.meta.url));
