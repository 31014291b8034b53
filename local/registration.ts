import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ClientSecrets } from '../functions/activation/ports.ts';
import { ClientSecret } from '../functions/pim/credentials.ts';
import { isMalformed } from '../functions/pim/malformed.ts';
import type { PimUrl } from '../functions/pim/pim-url.ts';
import type { ScopeSet } from '../functions/pim/scopes.ts';
import { PIMS } from '../functions/tables/pims.ts';
import { type Item, toItem } from '../functions/tables/row.ts';
import type { LocalStores } from './local-app.ts';

/** A PIM that may use the App, and the App's credentials there. */
export interface LocalRegistration {
  readonly pim: PimUrl | string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Everything the App asks for. */
  readonly scopes: ScopeSet;
  /** Where users go after connecting; a page of the App's activation if absent. */
  readonly appUrl?: string;
}

/**
 * Puts a PIM on the allow-list and keeps its client secret in memory.
 *
 * @throws {TypeError} when the client secret is empty or holds blanks.
 */
export async function registerPim(
  registration: LocalRegistration,
  { dynamoDb, secrets }: Pick<LocalStores, 'dynamoDb' | 'secrets'>,
): Promise<void> {
  keepClientSecret(registration, secrets);
  const { client, address } = dynamoDb;
  await client.send(
    new PutItemCommand({ TableName: address.tables.pims, Item: rowOf(registration) }),
  );
}

/**
 * Keeps the client secret of an App in memory, in place of an earlier one.
 *
 * @throws {TypeError} when the client secret is empty or holds blanks.
 */
export function keepClientSecret(
  { clientId, clientSecret }: Pick<LocalRegistration, 'clientId' | 'clientSecret'>,
  secrets: MemoryClientSecrets,
): void {
  const secret = ClientSecret.parse(clientSecret);
  if (isMalformed(secret)) throw new TypeError('The client secret is empty or holds blanks.');
  secrets.set(clientId, secret);
}

function rowOf({ pim, clientId, scopes, appUrl }: LocalRegistration): Item {
  const row = { pim: pim.toString(), clientId, scopes };
  return toItem(PIMS, { ...row, ...(appUrl !== undefined && { appUrl }) });
}

/**
 * Replaces Secrets Manager on a developer's machine, in memory only. A secret that was found is cached until a call
 * with `fresh`, as in a warm function.
 */
export class MemoryClientSecrets implements ClientSecrets {
  readonly #stored = new Map<string, ClientSecret>();
  readonly #cached = new Map<string, ClientSecret>();

  /** Stores or replaces the secret of a client id. */
  set(clientId: string, secret: ClientSecret): void {
    this.#stored.set(clientId, secret);
  }

  /** The cached secret, or with `fresh` the stored one. */
  async find(
    clientId: string,
    { fresh }: { readonly fresh: boolean } = { fresh: false },
  ): Promise<ClientSecret | undefined> {
    const cached = fresh ? undefined : this.#cached.get(clientId);
    const secret = cached ?? this.#stored.get(clientId);
    if (secret) this.#cached.set(clientId, secret);
    return secret;
  }
}
