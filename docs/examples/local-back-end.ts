/** For a test of yours: the connections of `npx akeneo-app dev --data <folder>`, whatever the environment is. */

import type { Connections } from '../../reader/index.ts';
import { openLocalConnections } from '../../tool/testing.ts';

/** @param dataFolder the folder that was given to `--data`. */
export function connectionsIn(dataFolder: string): Connections {
  return openLocalConnections({ dataFolder });
}
