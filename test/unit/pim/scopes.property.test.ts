import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expand,
  formatScope,
  missingScopes,
  parseScope,
  sameScopes,
  scopeSet,
} from '../../../functions/pim/scopes.ts';

const NAMES = [
  'read_products',
  'write_products',
  'delete_products',
  'read_catalogs',
  'write_catalogs',
];
const OTHERS = [
  'openid',
  'write_categories',
  'delete_catalogs',
  'Read_products',
  'unknown',
  'write_',
];
const names = fc.array(
  fc.oneof(fc.constantFrom(...NAMES, ...OTHERS), fc.string({ maxLength: 8 }).filter(hasNoBlank)),
);
const scopes = names.map(scopeSet);

function hasNoBlank(text: string): boolean {
  return !text.includes(' ');
}

describe('parseScope', () => {
  it('reads what formatScope writes', () => {
    fc.assert(
      fc.property(scopes, (set) => {
        expect(parseScope(formatScope(set))).toEqual(set);
      }),
    );
  });
});

describe('scopeSet', () => {
  it('is idempotent', () => {
    fc.assert(
      fc.property(scopes, (set) => {
        expect(scopeSet(set)).toEqual(set);
      }),
    );
  });

  it('does not depend on order or repetition', () => {
    const twoOrders = names.chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    );
    fc.assert(
      fc.property(twoOrders, ([one, other]) => {
        expect(scopeSet([...other, ...other])).toEqual(scopeSet(one));
        expect(sameScopes(scopeSet(other), scopeSet(one))).toBe(true);
      }),
    );
  });
});

describe('expand', () => {
  it('is a closure: it keeps every name and adds nothing the second time', () => {
    fc.assert(
      fc.property(scopes, (set) => {
        expect(expand(set)).toEqual(expect.arrayContaining([...set]));
        expect(expand(expand(set))).toEqual(expand(set));
      }),
    );
  });

  it('is monotone', () => {
    fc.assert(
      fc.property(scopes, scopes, (one, other) => {
        const union = expand(scopeSet([...one, ...other]));
        expect(union).toEqual(scopeSet([...expand(one), ...expand(other)]));
      }),
    );
  });
});

describe('missingScopes', () => {
  it('is a part of what was requested, and empty when all of it was granted', () => {
    fc.assert(
      fc.property(scopes, scopes, (requested, granted) => {
        expect(requested).toEqual(expect.arrayContaining([...missingScopes(requested, granted)]));
        expect(missingScopes(requested, requested)).toEqual([]);
        expect(missingScopes(requested, scopeSet([...granted, ...requested]))).toEqual([]);
      }),
    );
  });

  it('never grows when more is granted', () => {
    fc.assert(
      fc.property(scopes, scopes, scopes, (requested, granted, more) => {
        const fewer = missingScopes(requested, scopeSet([...granted, ...more]));
        expect(missingScopes(requested, granted)).toEqual(expect.arrayContaining([...fewer]));
      }),
    );
  });
});
