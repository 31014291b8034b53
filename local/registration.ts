import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { EncryptCommand } from '@aws-sdk/client-kms';
import { callbackIdOf } from '../functions/pim/callback-id.ts';
import { ClientSecret } from '../functions/pim/credentials.ts';
import { isMalformed } from '../functions/pim/malformed.ts';
import { PimUrl } from '../functions/pim/pim-url.ts';
import type { ScopeSet } from '../functions/pim/scopes.ts';
import { CLIENTS } from '../functions/tables/clients.ts';
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
  /** Where they go instead, for the App to log them in. The two come together. */
  readonly loginUrl?: string;
  /** Where the App gets the code of a login. */
  readonly redirectUrl?: string;
  /** An App Store App: the PIMs with its client id share the plain callback URL. */
  readonly isAppStoreApp?: boolean;
}

/**
 * Puts a PIM on the allow-list and stores its client secret.
 *
 * @throws {TypeError} when the client secret is empty or holds blanks.
 */
export async function registerPim(
  registration: LocalRegistration,
  stores: LocalStores,
): Promise<void> {
  await storeClientSecret(registration, stores);
  const { client, address } = stores.dynamoDb;
  await client.send(
    new PutItemCommand({ TableName: address.tables.pims, Item: rowOf(registration) }),
  );
}

/**
 * Stores the client secret of an App in place of an earlier one.
 *
 * @throws {TypeError} when the client secret is empty or holds blanks.
 */
export async function storeClientSecret(
  { clientId, clientSecret }: Pick<LocalRegistration, 'clientId' | 'clientSecret'>,
  { dynamoDb: { client, address }, kms }: LocalStores,
): Promise<void> {
  const secret = ClientSecret.parse(clientSecret);
  if (isMalformed(secret)) throw new TypeError('The client secret is empty or holds blanks.');
  const { CiphertextBlob: encryptedSecret = new Uint8Array() } = await kms.client.send(
    new EncryptCommand({
      KeyId: kms.clientSecretKeyId,
      Plaintext: Buffer.from(secret.reveal(), 'utf8'),
      EncryptionContext: { clientId },
    }),
  );
  const Item = toItem(CLIENTS, { clientId, encryptedSecret, changedAt: Date.now() });
  await client.send(new PutItemCommand({ TableName: address.tables.clients, Item }));
}

function rowOf({ pim, clientSecret: _stored, isAppStoreApp, ...rest }: LocalRegistration): Item {
  const callbackId = isAppStoreApp ? undefined : localCallbackId(pim);
  return toItem(PIMS, {
    ...rest,
    pim: pim.toString(),
    ...(callbackId !== undefined && { callbackId }),
    // The same at each start, so that people stay who they are.
    tenantId: `local ${pim.toString()}`,
  });
}

/** The last part of a PIM's own callback URL; absent for a suffix. */
export function localCallbackId(pim: PimUrl | string): string | undefined {
  const parsed = PimUrl.parse(pim.toString(), LOCAL_PIM_URL_POLICY);
  return isMalformed(parsed) ? undefined : callbackIdOf(parsed);
}
