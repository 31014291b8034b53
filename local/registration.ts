import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ClientSecrets } from '../functions/activation/ports.ts';
import { callbackIdOf } from '../functions/pim/callback-id.ts';
import { ClientSecret } from '../functions/pim/credentials.ts';
import { isMalformed } from '../functions/pim/malformed.ts';
import { PimUrl } from '../functions/pim/pim-url.ts';
import type { ScopeSet } from '../functions/pim/scopes.ts';
import { PIMS } from '../functions/tables/pims.ts';
import { type Item, toItem } from '../functions/tables/row.ts';
import type { LocalStores } from './local-app.ts';

/** On a developer's machine, a PIM on the loopback may do without TLS. */
export const LOCAL_PIM_URL_POLICY = { dangerouslyAllowHttpOnLoopback: true };

/** A PIM that may use the App, and the App's credentials there. */
export interface LocalRegistration {
  readonly pim: PimUrl | string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Everything the App asks for. */
  readonly scopes: ScopeSet;
  /** Where users go after connecting; a page of the App's activation if absent. */
  readonly appUrl?: string;
  /** An App Store App: the PIMs with its client id share the plain callback URL. */
  readonly isAppStoreApp?: boolean;
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

function rowOf({ pim, clientId, scopes, appUrl, isAppStoreApp }: LocalRegistration): Item {
  const callbackId = isAppStoreApp ? undefined : localCallbackId(pim);
  return toItem(PIMS, {
    pim: pim.toString(),
    clientId,
    scopes,
    ...(callbackId !== undefined && { callbackId }),
    ...(appUrl !== undefined && { appUrl }),
  });
}

/** The last part of a PIM's own callback URL; absent for a suffix. */
export function localCallbackId(pim: PimUrl | string): string | undefined {
  const parsed = PimUrl.parse(pim.toString(), LOCAL_PIM_URL_POLICY);
  return isMalformed(parsed) ? undefined : callbackIdOf(parsed);
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
