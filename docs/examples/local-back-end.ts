/** For a test of yours: the connections of `npm start -- --data <folder>`, whatever the environment is. */
import { openLocalConnections } from '../../local/open-local-connections.ts';
import type { Connections } from '../../reader/index.ts';

/** @param dataFolder the folder that was given to `--data`. */
export function connectionsIn(dataFolder: string): Connections {
  return openLocalConnections({ dataFolder });
}
