import { CLIENT_ID, SCOPES, SECRET, STATES, sha256 } from '../fixture.ts';

interface UpdateItem {
  readonly TableName: string;
  readonly Key: Readonly<Record<string, { S: string }>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, { S: string }>>;
}

interface GetItem {
  readonly Key: { readonly clientId?: { readonly S: string } };
}

interface BatchGetItem {
  readonly RequestItems: Readonly<Record<string, { Keys: readonly { pim: { S: string } }[] }>>;
}

/** Long enough ago for a person in the wizard, and short enough for a PIM that answered by itself. */
const WIZARD_MS = 60_000;
const SILENT_MS = 1_000;

/** As long as KMS makes them of a secret or a token. */
const CIPHERTEXT = Buffer.alloc(240, 1).toString('base64');

/** Canned, correct answers to the AWS calls of an activation, by `X-Amz-Target`. */
export function awsAnswer(target: string, body: string, pim: string): object | undefined {
  switch (target) {
    case 'DynamoDB_20120810.BatchGetItem':
      return registered(JSON.parse(body) as BatchGetItem);
    case 'DynamoDB_20120810.PutItem':
      return {};
    case 'DynamoDB_20120810.UpdateItem':
      return updated(JSON.parse(body) as UpdateItem, pim);
    case 'TrentService.Encrypt':
      return { CiphertextBlob: CIPHERTEXT, KeyId: 'key' };
    case 'DynamoDB_20120810.GetItem':
      return clientOf(JSON.parse(body) as GetItem);
    case 'TrentService.Decrypt':
      return { Plaintext: Buffer.from(SECRET).toString('base64'), KeyId: 'key' };
    default:
      return undefined;
  }
}

/** No request here reads a flow that there is. */
function clientOf({ Key }: GetItem): object {
  return Key.clientId?.S === CLIENT_ID ? { Item: { encryptedSecret: { B: CIPHERTEXT } } } : {};
}

/** Every PIM is listed but the one that a function is kept warm with. */
function registered({ RequestItems }: BatchGetItem): object {
  const [table = '', { Keys } = { Keys: [] }] = Object.entries(RequestItems)[0] ?? [];
  const [key] = Keys.filter(({ pim }) => !pim.S.endsWith('.invalid'));
  const rows = key ? [{ ...key, clientId: { S: CLIENT_ID }, scopes: { S: SCOPES } }] : [];
  return { Responses: { [table]: rows }, UnprocessedKeys: {} };
}

/** The consumed flow; an update of a connection asks for nothing back. */
function updated({ TableName, Key, ExpressionAttributeValues: values }: UpdateItem, pim: string) {
  if (TableName !== 'Flows') return {};
  const consumedAt = values[':now']?.S ?? '';
  const isOpenedAgain = Key['stateHash']?.S === sha256(STATES.openAgain);
  const startedAt = Date.parse(consumedAt) - (isOpenedAgain ? SILENT_MS : WIZARD_MS);
  return {
    Attributes: {
      ...Key,
      status: { S: 'consumed' },
      pim: { S: pim },
      clientId: { S: CLIENT_ID },
      scopes: { S: SCOPES },
      browserHash: values[':browser0'],
      attempt: { N: '1' },
      startedAt: { S: new Date(startedAt).toISOString() },
      consumedAt: { S: consumedAt },
      expiresAt: { N: String(Math.floor(startedAt / 1000) + 1800) },
    },
  };
}
