import { describe, expect, it } from 'vitest';
import {
  expand,
  formatScope,
  missingScopes,
  parseScope,
  sameScopes,
} from '../../../functions/pim/scopes.ts';

describe('parseScope', () => {
  it.each([
    ['nothing', '', []],
    ['blanks', '   ', []],
    ['one name', 'openid', ['openid']],
    ['names in any order', 'write_b read_a', ['read_a', 'write_b']],
    ['duplicates', 'a b a', ['a', 'b']],
    ['several blanks', ' a  b ', ['a', 'b']],
    ['case', 'A a', ['A', 'a']],
    ['commas, which delimit nothing', 'a,b', ['a,b']],
    ['a plus sign, which delimits nothing', 'a+b', ['a+b']],
    ['a tab, which delimits nothing', 'a\tb', ['a\tb']],
  ])('reads %s as the PIM does', (_case, scope, expected) => {
    expect(parseScope(scope)).toEqual(expected);
  });
});

describe('sameScopes', () => {
  it.each([
    ['a b', 'b a', true],
    ['', '', true],
    ['a', 'a b', false],
    ['a b', 'a c', false],
    ['a', 'A', false],
  ])('%j and %j: %s', (one, other, same) => {
    expect(sameScopes(parseScope(one), parseScope(other))).toBe(same);
  });
});

describe('expand', () => {
  it.each([
    ['write_products', 'read_products write_products'],
    ['delete_products', 'delete_products read_products write_products'],
    ['delete_catalogs', 'delete_catalogs read_catalogs write_catalogs'],
    ['read_products', 'read_products'],
    ['openid', 'openid'],
    ['manage_suggestions', 'manage_suggestions'],
  ])('adds to %s what it implies', (scope, expected) => {
    expect(expand(parseScope(scope))).toEqual(parseScope(expected));
  });
});

describe('missingScopes', () => {
  it.each([
    ['a covered set', 'read_products', 'read_products', ''],
    ['a right that write implies', 'read_products', 'write_products', ''],
    ['rights that delete implies', 'read_products write_products', 'delete_products', ''],
    ['a right that read does not imply', 'write_products', 'read_products', 'write_products'],
    ['the right of another subject', 'read_products', 'write_categories', 'read_products'],
    ['everything', 'b a', '', 'a b'],
    ['nothing', '', 'a', ''],
    ['a name in other case', 'openid', 'OpenId', 'openid'],
  ])('finds what is missing of %s', (_case, requested, granted, missing) => {
    expect(formatScope(missingScopes(parseScope(requested), parseScope(granted)))).toBe(missing);
  });
});
