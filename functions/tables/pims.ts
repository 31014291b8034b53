/**
 * The Pims table: the allow-list. Operators write it, the activation URL's function reads it. This is the one place
 * that knows a row.
 */
import {
  type AttributeName,
  type Item,
  ignorable,
  oneOf,
  optional,
  type Row,
  SCOPES,
  type Table,
  TEXT,
  TIME,
  text,
} from './row.ts';

/** What an App can be: one PIM's own, or one whose client id several PIMs share. */
export const APP_TYPES = ['custom', 'app_store'] as const;

/** Whether an App is one PIM's own. */
export type AppType = (typeof APP_TYPES)[number];

/** The table, by its attributes. What each of them means is in {@link PIM_MEANINGS}. */
export const PIMS = {
  name: 'Pims',
  partitionKey: 'pim',
  attributes: {
    pim: TEXT,
    clientId: TEXT,
    appType: optional(oneOf(APP_TYPES)),
    scopes: SCOPES,
    callbackId: optional(TEXT),
    appUrl: ignorable(TEXT),
    tenant: ignorable(TEXT),
    loginUrl: ignorable(TEXT),
    redirectUrl: ignorable(TEXT),
    label: ignorable(TEXT),
    movedFrom: ignorable(TEXT),
    tenantId: ignorable(TEXT),
    addedAt: TIME,
    updatedAt: TIME,
  },
} as const satisfies Table;

/** The name of an attribute of a PIM. */
export type PimAttribute = AttributeName<typeof PIMS>;

/** Some attributes of a PIM, by default all. */
export type PimRow<Name extends PimAttribute = PimAttribute> = Row<typeof PIMS, Name>;

/** All attributes. */
export const PIM_ATTRIBUTES = Object.keys(PIMS.attributes) as readonly PimAttribute[];

/** What the activation URL's function reads. */
export const REGISTRATION_ATTRIBUTES = [
  'clientId',
  'scopes',
  'callbackId',
  'appUrl',
  'tenant',
  'loginUrl',
  'redirectUrl',
  'tenantId',
] as const satisfies readonly PimAttribute[];

/** The key of a row. @param pim a PIM’s address, or a suffix. */
export function pimKey(pim: string): Item {
  return { pim: text(pim) };
}

/** For `docs/`, which is made from it. Apart from the attributes, so that no bundle carries these texts. */
export const PIM_MEANINGS: Readonly<Record<PimAttribute, string>> = {
  pim: 'the PIM’s address, normalised, or a suffix such as `*.cloud.akeneo.com`',
  clientId: 'the App’s client id in that PIM',
  appType:
    '`custom`, or `app_store` if several PIMs share the client id; absent in rows of earlier versions; the functions never read it',
  scopes: 'everything that the App asks for',
  callbackId:
    'the last part of the PIM’s own callback URL; absent for the plain URL, which the PIMs of an App Store App share',
  appUrl:
    'where users go after connecting, with `{tenant}` for the tenant; absent for the page of this service',
  tenant:
    'what stands for the PIM in the App URL: at most 63 lower-case letters, digits and hyphens',
  loginUrl:
    'where users go instead, for the App to log them in; absent if it does not log PIM users in',
  redirectUrl: 'where the App gets the code of a login; there if `loginUrl` is',
  label: 'a name for people; the functions never read it',
  movedFrom: 'the address that the PIM had before `pims move`; the functions never read it',
  tenantId:
    'random; stands for the PIM in logins, and stays when it moves; absent in rows of earlier versions',
  addedAt: 'when an operator added the row',
  updatedAt: 'when an operator changed it last',
};
