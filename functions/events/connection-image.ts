import type { AttributeValue } from 'aws-lambda';
import { CONNECTION_STATUSES, type ConnectionStatus } from '../activation/connection-status.ts';
import { parseScope, type ScopeSet } from '../pim/scopes.ts';

/** The attributes of a row, as the stream has them. */
export type Image = Record<string, AttributeValue>;

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
export function connectionImage(image: Image): ConnectionImage {
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

/** An image that a readable one has replaced; `undefined` when it was spoilt by hand, as if the row were new. */
export function oldImage(image: Image): ConnectionImage | undefined {
  try {
    return connectionImage(image);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * The last image of a row that was removed. Whatever was spoilt by hand, its key is there, and who listens has to
 * learn that the connection is gone.
 */
export function removedImage(image: Image): ConnectionImage {
  return oldImage(image) ?? connectionImage({ ...UNKNOWN, ...textsOf(image), ...UNTOLD });
}

const UNKNOWN: Image = { requestedScopes: { S: '' }, grantedScopes: { S: '' } };
/** What no event of a removed row tells, so that it may be anything. */
const UNTOLD: Image = { status: { S: 'connected' }, lastOpenedAt: { S: '' } };

function textsOf(image: Image): Image {
  return Object.fromEntries(Object.entries(image).filter(([, value]) => value.S !== undefined));
}

function unusable(name: string): never {
  throw new TypeError(`A row of Connections has no usable "${name}".`);
}
