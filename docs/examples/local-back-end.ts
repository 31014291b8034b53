/** In AWS the connections that the grants name; on a developer's machine those of `npm start -- --data <folder>`. */
import { openLocalConnections } from '../../local/open-local-connections.ts';
import { type Connections, openConnections } from '../../reader/index.ts';

/** @param env of this process: both variables, or those that the grants set. */
export function connectionsOf({ LOCAL_DYNAMODB, LOCAL_DATA }: NodeJS.ProcessEnv): Connections {
  if (!LOCAL_DYNAMODB || !LOCAL_DATA) return openConnections();
  return openLocalConnections({ endpoint: LOCAL_DYNAMODB, dataFolder: LOCAL_DATA });
}
