/** A back end of somebody else on a developer's machine. It is compiled only: what it opens is tested elsewhere. */
import { openLocalConnections } from 'akeneo-app-activation/local';
import type { AccessToken, Connections } from 'akeneo-app-activation/reader';

/** Types of one export are those of the other. */
const connections: Connections = openLocalConnections({ dataFolder: '.data' });

/** The token of a PIM. */
export async function readToken(pim: string): Promise<AccessToken> {
  return (await connections.get(pim)).accessToken;
}
