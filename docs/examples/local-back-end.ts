/** For a test of yours: the connections of `npx akeneo-app dev --data <folder>`, whatever the environment is. */

import { openLocalConnections } from 'akeneo-app/testing';
import type { Connections } from 'akeneo-app-activation/reader';

/** @param dataFolder the folder that was given to `--data`. */
export function connectionsIn(dataFolder: string): Connections {
  return openLocalConnections({ dataFolder });
}
