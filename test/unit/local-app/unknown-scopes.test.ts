import { expect, it } from 'vitest';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { unknownScopes } from '../../../local/unknown-scopes.ts';

it.each([
  ['read_products write_catalogs read_assets openid email profile', []],
  ['read_produkts write_products Read_products', ['Read_products', 'read_produkts']],
])('of "%s", the simulated PIM does not know %j', (scopes, unknown) => {
  expect(unknownScopes(parseScope(scopes))).toEqual(unknown);
});
