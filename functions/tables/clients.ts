/**
 * The Clients table: the client secret of each App, encrypted. Operators write it, the callback URL's function reads it.
 * This is the one place that knows a row.
 */
import { type AttributeName, BYTES, type Item, type Table, TEXT, TIME, text } from './row.ts';

/** The table, by its attributes. What each of them means is in {@link CLIENT_MEANINGS}. */
export const CLIENTS = {
  name: 'Clients',
  partitionKey: 'clientId',
  attributes: { clientId: TEXT, encryptedSecret: BYTES, changedAt: TIME },
} as const satisfies Table;

/** The name of an attribute of a client. */
export type ClientAttribute = AttributeName<typeof CLIENTS>;

/** What identifies a client. It is the encryption context of its secret as well. */
export const CLIENT_KEY = ['clientId'] as const satisfies readonly ClientAttribute[];

/** The key of a row. */
export function clientKey(clientId: string): Item {
  return { clientId: text(clientId) };
}

/** For `docs/`, which is made from it. Apart from the attributes, so that no bundle carries these texts. */
export const CLIENT_MEANINGS: Readonly<Record<ClientAttribute, string>> = {
  clientId: 'the App’s client id in its PIM, or in all PIMs of an App Store App',
  encryptedSecret:
    'ciphertext of KMS over the client secret’s UTF-8 text, with the encryption context `{"clientId": …}`',
  changedAt: 'when an operator stored the secret',
};
