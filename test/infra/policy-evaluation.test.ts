import { describe, expect, it } from 'vitest';
import { type AccessRequest, isAllowed, type Statement } from './support/policy-evaluator.ts';
import { statementsOf } from './support/role-statements.ts';
import { synthesize } from './support/synthesis.ts';

const template = synthesize();
const activate = statementsOf(template, 'Activate');
const callback = statementsOf(template, 'Callback');

const FLOWS = 'Flows/Table.Arn';
const CONNECTIONS = 'Connections/Table.Arn';
const PIMS = 'Pims/Table.Arn';
const TOKEN_KEY = 'TokenKey/Key.Arn';
const secret = (name: string) =>
  `arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${name}`;
const CLIENT_SECRET = secret('AkeneoAppActivation/client-secrets/1_abc-Xy12Zz');

const READS = ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PartiQLSelect', 'GetRecords'].map(
  (action) => `dynamodb:${action}`,
);
const WRITES = ['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'PartiQLUpdate'].map(
  (action) => `dynamodb:${action}`,
);
const DECRYPTIONS = [
  'Decrypt',
  'ReEncryptFrom',
  'GenerateDataKey',
  'CreateGrant',
  'PutKeyPolicy',
].map((action) => `kms:${action}`);

const update = (context: AccessRequest['context'] = {}): AccessRequest => ({
  action: 'dynamodb:UpdateItem',
  resource: CONNECTIONS,
  context,
});
const confirmation = (...attributes: string[]) =>
  update({ 'dynamodb:ReturnValues': 'UPDATED_NEW', 'dynamodb:Attributes': attributes });
const encryption = (context: Record<string, string>): AccessRequest => ({
  action: 'kms:Encrypt',
  resource: TOKEN_KEY,
  context: {
    ...(Object.keys(context).length > 0 && { 'kms:EncryptionContextKeys': Object.keys(context) }),
    ...Object.fromEntries(
      Object.entries(context).map(([key, value]) => [`kms:EncryptionContext:${key}`, value]),
    ),
  },
});

/** Those of the actions on a resource that the statements allow. */
function allowed(statements: Statement[], actions: string[], resource: string): string[] {
  return actions.filter((action) => isAllowed(statements, { action, resource }));
}

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
    const actions = ['GetSecretValue', 'BatchGetSecretValue', 'PutSecretValue'].map(
      (action) => `secretsmanager:${action}`,
    );
    expect(allowed(activate, actions, CLIENT_SECRET)).toEqual([]);
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
    expect(
      isAllowed(
        callback,
        confirmation('pim', 'clientId', 'status', 'lastOpenedAt', 'grantedScopes'),
      ),
    ).toBe(true);
  });

  it.each(['ALL_NEW', 'ALL_OLD', 'UPDATED_OLD'])(
    'cannot read a token back by an update that returns %s',
    (returned) => {
      expect(isAllowed(callback, update({ 'dynamodb:ReturnValues': returned }))).toBe(false);
    },
  );

  it('cannot read a token back by an update that returns what it changed', () => {
    expect(isAllowed(callback, confirmation('pim', 'clientId', 'encryptedToken'))).toBe(false);
    expect(
      isAllowed(callback, confirmation('pim', 'clientId', 'grantedScopes', 'encryptedToken')),
    ).toBe(false);
  });

  it('cannot read connections, delete them or write them whole', () => {
    expect(allowed(callback, READS, CONNECTIONS)).toEqual([]);
    expect(allowed(callback, WRITES, CONNECTIONS)).toEqual(['dynamodb:UpdateItem']);
  });

  it('cannot read or change the list of PIMs', () => {
    expect(allowed(callback, [...READS, ...WRITES], PIMS)).toEqual([]);
  });

  it('reads client secrets of this stack and no other secret', () => {
    const read = (resource: string) =>
      isAllowed(callback, { action: 'secretsmanager:GetSecretValue', resource });
    expect(read(CLIENT_SECRET)).toBe(true);
    expect(read(secret('Other/client-secrets/1_abc-Xy12Zz'))).toBe(false);
    expect(read(secret('AkeneoAppActivation/other-Xy12Zz'))).toBe(false);
    expect(allowed(callback, ['secretsmanager:PutSecretValue'], CLIENT_SECRET)).toEqual([]);
  });

  it('encrypts for a PIM and a client id and for nothing else', () => {
    expect(isAllowed(callback, encryption({ pim: 'https://p', clientId: 'c' }))).toBe(true);
    expect(isAllowed(callback, encryption({}))).toBe(false);
    expect(isAllowed(callback, encryption({ pim: 'https://p' }))).toBe(false);
    expect(isAllowed(callback, encryption({ pim: 'p', clientId: 'c', more: 'm' }))).toBe(false);
  });

  it('cannot decrypt', () => {
    expect(allowed(callback, DECRYPTIONS, TOKEN_KEY)).toEqual([]);
    const context = encryption({ pim: 'https://p', clientId: 'c' }).context ?? {};
    const decryption = { action: 'kms:Decrypt', resource: TOKEN_KEY, context };
    expect(isAllowed(callback, decryption)).toBe(false);
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
