/**
 * The Logins table: who has just opened the App, for two minutes at most. A row is named by a hash and sealed by a key
 * that only a browser or the App has, so the table by itself names nobody. This is the one place that knows a row.
 */
import {
  type AttributeName,
  BYTES,
  EPOCH_SECONDS,
  type Item,
  optional,
  type Row,
  type Table,
  TEXT,
  text,
  toItem,
} from './row.ts';

/** The table, by its attributes. What each of them means is in {@link LOGIN_MEANINGS}. */
export const LOGINS = {
  name: 'Logins',
  partitionKey: 'id',
  timeToLive: 'expiresAt',
  attributes: {
    id: TEXT,
    sealed: BYTES,
    codeChallenge: optional(TEXT),
    expiresAt: EPOCH_SECONDS,
  },
} as const satisfies Table & { readonly timeToLive: string };

/** The name of an attribute of a login. */
export type LoginAttribute = AttributeName<typeof LOGINS>;

/** The keys of the rows that wait for a browser, and of those that wait for their code, as IAM writes them. */
export const LOGIN_KEYS = { waiting: 'waiting.*', code: 'code.*' } as const;

/** The key of a row. */
export function loginKey(id: string): Item {
  return { id: text(id) };
}

/** A row. */
export function loginToItem(login: Row<typeof LOGINS>): Item {
  return toItem(LOGINS, login);
}

/** For `docs/`, which is made from it. Apart from the attributes, so that no bundle carries these texts. */
export const LOGIN_MEANINGS: Readonly<Record<LoginAttribute, string>> = {
  id: '`waiting.` or `code.`, and a hash of the browser’s cookie and the PIM, or of the code',
  sealed:
    'the login, sealed by a key that is derived from the same cookie, or code, and stored nowhere',
  codeChallenge: 'the App’s PKCE challenge; absent while the login waits for a browser',
  expiresAt: 'epoch seconds until which it counts; the TTL attribute',
};
