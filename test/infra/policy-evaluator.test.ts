import { describe, expect, it } from 'vitest';
import { isAllowed, type Statement } from './support/policy-evaluator.ts';

const allow = (conditions: Statement['conditions'] = {}): Statement => ({
  effect: 'Allow',
  actions: ['s3:Get*'],
  resources: ['bucket/?/*'],
  conditions,
});
const request = { action: 's3:GetObject', resource: 'bucket/a/key' };

/** A key that holds one value, and one that holds a set. */
const ONE = 'dynamodb:ReturnValues';
const SET = 'dynamodb:Attributes';

/** Whether a statement under one condition allows a request that has these values under its key. */
function under(operator: string, expected: string[], actual?: string | string[], key = ONE) {
  const context = actual === undefined ? {} : { [key]: actual };
  return isAllowed([allow({ [operator]: { [key]: expected } })], { ...request, context });
}

describe('isAllowed', () => {
  it('refuses what no statement allows', () => {
    expect(isAllowed([], request)).toBe(false);
  });

  it('matches actions without case, and resources by wildcards as a whole', () => {
    expect(isAllowed([allow()], request)).toBe(true);
    expect(isAllowed([allow()], { ...request, action: 'S3:getobject' })).toBe(true);
    expect(isAllowed([allow()], { ...request, action: 's3:PutObject' })).toBe(false);
    expect(isAllowed([allow()], { ...request, resource: 'bucket/ab/key' })).toBe(false);
    expect(isAllowed([allow()], { ...request, resource: 'x/bucket/a/key' })).toBe(false);
  });

  it('lets a denial win over any number of allowances', () => {
    const deny: Statement = { ...allow(), effect: 'Deny', resources: ['*'] };
    expect(isAllowed([allow(), deny, allow()], request)).toBe(false);
    expect(isAllowed([allow(), { ...deny, actions: ['s3:Put*'] }], request)).toBe(true);
  });

  it('wants every condition to hold', () => {
    const b = 'kms:ViaService';
    const both = allow({ StringEquals: { [ONE]: '1', [b]: '2' } });
    expect(isAllowed([both], { ...request, context: { [ONE]: '1', [b]: '2' } })).toBe(true);
    expect(isAllowed([both], { ...request, context: { [ONE]: '1', [b]: '3' } })).toBe(false);
  });

  it('knows StringEquals, which wants the key', () => {
    expect(under('StringEquals', ['a', 'b'], 'b')).toBe(true);
    expect(under('StringEquals', ['a', 'b'], 'c')).toBe(false);
    expect(under('StringEquals', ['a', 'b'])).toBe(false);
  });

  it('knows StringEqualsIfExists, which does not', () => {
    expect(under('StringEqualsIfExists', ['a'], 'a')).toBe(true);
    expect(under('StringEqualsIfExists', ['a'], 'b')).toBe(false);
    expect(under('StringEqualsIfExists', ['a'])).toBe(true);
  });

  it('knows ForAllValues:StringEquals, which holds for no values at all', () => {
    const underAll = (actual?: string[]) =>
      under('ForAllValues:StringEquals', ['a', 'b'], actual, SET);
    expect(underAll(['a'])).toBe(true);
    expect(underAll(['a', 'c'])).toBe(false);
    expect(underAll()).toBe(true);
  });

  it('knows Null, which asks whether the key is absent', () => {
    expect(under('Null', ['false'], 'x')).toBe(true);
    expect(under('Null', ['false'])).toBe(false);
    expect(under('Null', ['true'])).toBe(true);
  });

  it('refuses an operator that does not fit its key', () => {
    expect(() => under('StringEquals', ['a'], ['a'], SET)).toThrow(
      'StringEquals does not fit dynamodb:Attributes, which is ArrayOfString.',
    );
    expect(() => under('ForAllValues:StringEquals', ['a'], 'a')).toThrow(
      'ForAllValues:StringEquals does not fit dynamodb:ReturnValues, which is String.',
    );
    expect(under('StringEquals', ['a'], 'a', 'kms:EncryptionContext:pim')).toBe(true);
    expect(() => under('StringEquals', ['a'], 'a', 'dynamodb:Atributes')).toThrow(
      'dynamodb:Atributes is no condition key',
    );
  });

  it('refuses to guess what an unknown operator means', () => {
    expect(() => under('NumericLessThan', ['1'], '0')).toThrow('NumericLessThan');
  });
});
