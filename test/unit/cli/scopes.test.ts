import { describe, expect, it } from 'vitest';
import { requestedScopes, scopesProblem } from '../../../cli/pims/settings.ts';
import { closestName, editDistance } from '../../../functions/closest-name.ts';
import { isKnownScope, knownScopes } from '../../../functions/pim/scope-catalogue.ts';
import { knownAuthorizationScopes } from '../../../simulator/index.ts';

describe('requestedScopes', () => {
  it('sorts, and drops doubles and blanks', () => {
    expect(requestedScopes(' write_products  read_products\twrite_products ')).toEqual([
      'read_products',
      'write_products',
    ]);
  });

  it.each([
    ['read_product', 'did you mean read_products?'],
    ['Read_Products', 'did you mean read_products?'],
    ['write_channel_setting', 'did you mean write_channel_settings?'],
    ['opneid', 'did you mean openid?'],
  ])('suggests for %s', (typed, suggestion) => {
    expect(scopesProblem(typed)).toContain(suggestion);
  });

  it('names every unknown scope, and suggests nothing far-fetched', () => {
    const problem = scopesProblem('read_products bananas read_product');
    expect(problem).toContain('"bananas", "read_product" (did you mean');
  });

  it('takes an unknown scope when told to', () => {
    expect(requestedScopes('read_new_things', { allowUnknownScopes: true })).toEqual([
      'read_new_things',
    ]);
  });

  it('refuses commas, nothing at all, and more than a PIM takes', () => {
    expect(scopesProblem('read_products,write_products')).toContain('by blanks');
    expect(scopesProblem('  ')).toContain('at least one');
    const long = Array.from({ length: 100 }, (_, index) => `read_things_${index}`).join(' ');
    expect(scopesProblem(long, { allowUnknownScopes: true })).toContain('at most 1000');
  });

  it('refuses profile and email without openid, which give nothing', () => {
    expect(scopesProblem('read_products email profile')).toContain('add openid');
    expect(scopesProblem('openid email profile')).toBeUndefined();
  });
});

describe('knownScopes', () => {
  it('holds every scope that the simulated PIM knows', () => {
    const simulated = knownAuthorizationScopes({ catalogs: true, enterprise: true });
    expect([...simulated].filter((name) => !isKnownScope(name))).toEqual([]);
  });

  it('fits into one request as a whole', () => {
    expect(scopesProblem(knownScopes().join(' '))).toBeUndefined();
  });
});

describe('closestName', () => {
  it('counts insertions, deletions and replacements', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('abc', '')).toBe(3);
    expect(closestName('xyz', ['abc'])).toBeUndefined();
  });
});
