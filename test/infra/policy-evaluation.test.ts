import { describe, expect, it } from 'vitest';
import {
  allowed,
  CLIENTS,
  CONNECTIONS,
  confirmation,
  DECRYPTION,
  DECRYPTIONS,
  encryption,
  FLOWS,
  PIMS,
  READS,
  SECRET_KEY,
  secretDecryption,
  TOKEN_KEY,
  update,
  WRITES,
} from './support/access-requests.ts';
import { isAllowed, type Statement } from './support/policy-evaluator.ts';
import { statementsOf } from './support/role-statements.ts';
import { synthesize } from './support/synthesis.ts';

const template = synthesize();
const activate = statementsOf(template, 'Activate');
const callback = statementsOf(template, 'Callback');

describe('activate', () => {
  it('looks PIMs up and starts flows', () => {
    expect(allowed(activate, [...READS, ...WRITES], PIMS)).toEqual(['dynamodb:BatchGetItem']);
    expect(allowed(activate, [...READS, ...WRITES], FLOWS)).toEqual(['dynamodb:PutItem']);
  });

  it('cannot touch connections, where the tokens are', () => {
    expect(allowed(activate, [...READS, ...WRITES], CONNECTIONS)).toEqual([]);
    expect(isAllowed(activate, confirmation('pim', 'clientId'))).toBe(false);
  });

  it('cannot read client secrets', () => {
    expect(allowed(activate, [...READS, ...WRITES], CLIENTS)).toEqual([]);
    expect(allowed(activate, ['kms:Encrypt', ...DECRYPTIONS], SECRET_KEY)).toEqual([]);
    expect(isAllowed(activate, secretDecryption({ clientId: 'c' }))).toBe(false);
  });

  it('can neither encrypt nor decrypt with the token key', () => {
    expect(allowed(activate, ['kms:Encrypt', ...DECRYPTIONS], TOKEN_KEY)).toEqual([]);
    expect(isAllowed(activate, encryption({ pim: 'https://p', clientId: 'c' }))).toBe(false);
  });
});

describe('callback', () => {
  it('consumes, shows and restarts flows', () => {
    expect(allowed(callback, [...READS, ...WRITES], FLOWS)).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ]);
  });

  it('saves a connection without seeing what was there', () => {
    expect(isAllowed(callback, update())).toBe(true);
    expect(isAllowed(callback, update({ 'dynamodb:ReturnValues': 'NONE' }))).toBe(true);
  });

  it('confirms a connection by attributes that are no token', () => {
    const attributes = [
      'pim',
      'clientId',
      'status',
      'lastOpenedAt',
      'grantedScopes',
      'firstConnectedAt',
    ];
    expect(isAllowed(callback, confirmation(...attributes))).toBe(true);
  });

  it('learns which token is stored by its fingerprint alone', () => {
    const fingerprint = ['pim', 'clientId', 'tokenFingerprint'];
    expect(isAllowed(callback, confirmation(...fingerprint))).toBe(true);
    for (const more of ['grantedScopes', 'status', 'encryptedToken'])
      expect(isAllowed(callback, confirmation(...fingerprint, more)), more).toBe(false);
  });

  it.each(['ALL_NEW', 'ALL_OLD', 'UPDATED_OLD'])(
    'gets no ciphertext by an update that returns %s',
    (returned) => {
      expect(isAllowed(callback, update({ 'dynamodb:ReturnValues': returned }))).toBe(false);
    },
  );

  it('gets no ciphertext by one update that returns what it changed', () => {
    expect(isAllowed(callback, confirmation('pim', 'clientId', 'encryptedToken'))).toBe(false);
    expect(
      isAllowed(callback, confirmation('pim', 'clientId', 'grantedScopes', 'encryptedToken')),
    ).toBe(false);
  });

  // No condition can tell `SET grantedScopes = encryptedToken` from a save, which writes both.
  it('could get a ciphertext by two, a copy and a confirmation, which it cannot decrypt', () => {
    const copied = ['pim', 'clientId', 'grantedScopes', 'encryptedToken'];
    const copy = { 'dynamodb:ReturnValues': 'NONE', 'dynamodb:Attributes': copied };
    expect(isAllowed(callback, update(copy))).toBe(true);
    expect(isAllowed(callback, confirmation('pim', 'clientId', 'grantedScopes'))).toBe(true);
    expect(isAllowed(callback, DECRYPTION)).toBe(false);
  });

  it('cannot read connections, delete them or write them whole', () => {
    expect(allowed(callback, READS, CONNECTIONS)).toEqual([]);
    expect(allowed(callback, WRITES, CONNECTIONS)).toEqual(['dynamodb:UpdateItem']);
  });

  it('cannot read or change the list of PIMs', () => {
    expect(allowed(callback, [...READS, ...WRITES], PIMS)).toEqual([]);
  });

  it('reads client secrets one by one and changes none', () => {
    expect(allowed(callback, [...READS, ...WRITES], CLIENTS)).toEqual(['dynamodb:GetItem']);
  });

  it('decrypts a client secret by its client id and by nothing else', () => {
    expect(isAllowed(callback, secretDecryption({ clientId: 'c' }))).toBe(true);
    expect(isAllowed(callback, secretDecryption({}))).toBe(false);
    expect(isAllowed(callback, secretDecryption({ pim: 'https://p' }))).toBe(false);
    expect(isAllowed(callback, secretDecryption({ pim: 'https://p', clientId: 'c' }))).toBe(false);
    const others = ['kms:Encrypt', ...DECRYPTIONS].filter((action) => action !== 'kms:Decrypt');
    expect(allowed(callback, others, SECRET_KEY)).toEqual([]);
  });

  it('encrypts for a PIM and a client id and for nothing else', () => {
    expect(isAllowed(callback, encryption({ pim: 'https://p', clientId: 'c' }))).toBe(true);
    expect(isAllowed(callback, encryption({}))).toBe(false);
    expect(isAllowed(callback, encryption({ pim: 'https://p' }))).toBe(false);
    expect(isAllowed(callback, encryption({ pim: 'p', clientId: 'c', more: 'm' }))).toBe(false);
  });

  it('cannot decrypt a token, whatever its context', () => {
    expect(allowed(callback, DECRYPTIONS, TOKEN_KEY)).toEqual([]);
    expect(isAllowed(callback, DECRYPTION)).toBe(false);
    const asSecret = { ...secretDecryption({ clientId: 'c' }), resource: TOKEN_KEY };
    expect(isAllowed(callback, asSecret)).toBe(false);
  });
});

describe('the proof itself', () => {
  const planted = (action: string, resource = '*'): Statement => ({
    effect: 'Allow',
    actions: [action],
    resources: [resource],
    conditions: {},
  });

  it('notices a wildcard that lets activate read tokens', () => {
    expect(allowed([...activate, planted('dynamodb:Get*')], READS, CONNECTIONS)).toEqual([
      'dynamodb:GetItem',
      'dynamodb:GetRecords',
    ]);
  });

  it('notices a condition that went missing', () => {
    const widened = [...callback, planted('dynamodb:UpdateItem', CONNECTIONS)];
    expect(isAllowed(widened, update({ 'dynamodb:ReturnValues': 'ALL_NEW' }))).toBe(true);
  });

  it('notices a right to decrypt', () => {
    expect(allowed([...callback, planted('kms:*', TOKEN_KEY)], DECRYPTIONS, TOKEN_KEY)).toEqual(
      DECRYPTIONS,
    );
  });
});
