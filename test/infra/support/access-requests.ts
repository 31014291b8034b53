import { type AccessRequest, isAllowed, type Statement } from './policy-evaluator.ts';

/** Where the flows are; like the others, as the resolver names a resource. */
export const FLOWS = 'Flows/Table.Arn';
/** Where the encrypted tokens are. */
export const CONNECTIONS = 'Connections/Table.Arn';
/** The allow-list. */
export const PIMS = 'Pims/Table.Arn';
/** What the tokens are encrypted by. */
export const TOKEN_KEY = 'TokenKey/Key.Arn';
/** Where the encrypted client secrets are. */
export const CLIENTS = 'ClientSecrets/Table.Arn';
/** What the client secrets are encrypted by. */
export const SECRET_KEY = 'ClientSecrets/Key.Arn';

/** Every way to read a table. */
export const READS = [
  'GetItem',
  'BatchGetItem',
  'Query',
  'Scan',
  'PartiQLSelect',
  'GetRecords',
].map((action) => `dynamodb:${action}`);

/** Every way to write a table. */
export const WRITES = [
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'PartiQLUpdate',
].map((action) => `dynamodb:${action}`);

/** Every way to a plaintext, or to the right to it. */
export const DECRYPTIONS = [
  'Decrypt',
  'ReEncryptFrom',
  'GenerateDataKey',
  'CreateGrant',
  'PutKeyPolicy',
].map((action) => `kms:${action}`);

/** An update of a connection. */
export function update(context: AccessRequest['context'] = {}): AccessRequest {
  return { action: 'dynamodb:UpdateItem', resource: CONNECTIONS, context };
}

/** An update of a connection that touches these attributes and returns what it has updated. */
export function confirmation(...attributes: string[]): AccessRequest {
  return update({ 'dynamodb:ReturnValues': 'UPDATED_NEW', 'dynamodb:Attributes': attributes });
}

/** An encryption with that context; its keys are absent from the request when there is none. */
export function encryption(context: Readonly<Record<string, string>>): AccessRequest {
  const keys = Object.keys(context);
  const values = Object.entries(context).map(([key, value]) => [
    `kms:EncryptionContext:${key}`,
    value,
  ]);
  return {
    action: 'kms:Encrypt',
    resource: TOKEN_KEY,
    context: {
      ...(keys.length > 0 && { 'kms:EncryptionContextKeys': keys }),
      ...Object.fromEntries(values),
    },
  };
}

/** A decryption as the health check and back ends do it. */
export const DECRYPTION: AccessRequest = {
  ...encryption({ pim: 'https://p', clientId: 'c' }),
  action: 'kms:Decrypt',
};

/** A decryption of a client secret with that context. */
export function secretDecryption(context: Readonly<Record<string, string>>): AccessRequest {
  return { ...encryption(context), action: 'kms:Decrypt', resource: SECRET_KEY };
}

/** Those of the actions on a resource that the statements allow. */
export function allowed(
  statements: readonly Statement[],
  actions: readonly string[],
  resource: string,
): string[] {
  return actions.filter((action) => isAllowed(statements, { action, resource }));
}
