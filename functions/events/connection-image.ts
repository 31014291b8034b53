import type { AttributeValue } from 'aws-lambda';
import { CONNECTION_STATUSES, type ConnectionStatus } from '../activation/connection-status.ts';
import { parseScope, type ScopeSet } from '../pim/scopes.ts';

/** A row of Connections, before or after a change, as far as events tell of it. */
export interface ConnectionImage {
  readonly pim: string;
  readonly clientId: string;
  readonly status: ConnectionStatus;
  readonly requestedScopes: ScopeSet;
  readonly grantedScopes: ScopeSet;
  /** As it is stored; only ever compared. */
  readonly lastOpenedAt: string;
}

/**
 * Reads an image of the stream. It takes the attributes that events need and no other: the encrypted token and the
 * fingerprint come with the image and stay in it.
 *
 * @throws {TypeError} naming the attribute that is not usable, never its value.
 */
export function connectionImage(image: Record<string, AttributeValue>): ConnectionImage {
  const text = (name: string) => image[name]?.S ?? unusable(name);
  return {
    pim: text('pim'),
    clientId: text('clientId'),
    status: CONNECTION_STATUSES.find((known) => known === text('status')) ?? unusable('status'),
    requestedScopes: parseScope(text('requestedScopes')),
    grantedScopes: parseScope(text('grantedScopes')),
    lastOpenedAt: text('lastOpenedAt'),
  };
}

function unusable(name: string): never {
  throw new TypeError(`A row of Connections has no usable "${name}".`);
}
