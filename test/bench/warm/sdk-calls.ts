/**
 * The SDK calls of a warm activation and nothing else, by the same clients with the same configuration:
 * what is left when they are taken away is our own. That they are still the calls of the handlers is a test,
 * `test/unit/bench/sdk-calls.test.ts`.
 */
import { randomUUID } from 'node:crypto';
import { DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EncryptCommand, KMSClient } from '@aws-sdk/client-kms';
import { CLIENT_CONFIG } from '../../../functions/store/clients.ts';
import { BROWSER_KEY, CLIENT_ID, SCOPES, STACK_ENVIRONMENT, STATES, sha256 } from '../fixture.ts';

const { FLOWS_TABLE, CONNECTIONS_TABLE, TOKEN_KEY_ID } = STACK_ENVIRONMENT;
const pim = process.env['BENCH_PIM'] ?? '';
const dynamoDb = new DynamoDBClient(CLIENT_CONFIG);
const kms = new KMSClient(CLIENT_CONFIG);

const text = (S: string) => ({ S });
const time = () => text(new Date().toISOString());

/** What activate does: one conditional put of a flow. */
export async function activate(): Promise<void> {
  const Item = {
    stateHash: text(sha256(STATES.connect)),
    status: text('pending'),
    pim: text(pim),
    clientId: text(CLIENT_ID),
    scopes: text(SCOPES),
    browserHash: text(sha256(BROWSER_KEY)),
    attempt: { N: '1' },
    startedAt: time(),
    expiresAt: { N: '1800000000' },
  };
  const ConditionExpression = 'attribute_not_exists(stateHash)';
  await dynamoDb.send(new PutItemCommand({ TableName: FLOWS_TABLE, Item, ConditionExpression }));
}

/** What callback does: the flow consumed, the token encrypted, the connection saved. */
export async function callback(): Promise<void> {
  await dynamoDb.send(new UpdateItemCommand(consumption()));
  const Plaintext = Buffer.alloc(86, 1);
  const EncryptionContext = { pim, clientId: CLIENT_ID };
  const { CiphertextBlob } = await kms.send(
    new EncryptCommand({ KeyId: TOKEN_KEY_ID, Plaintext, EncryptionContext }),
  );
  await dynamoDb.send(new UpdateItemCommand(connection(CiphertextBlob ?? new Uint8Array())));
}

function consumption() {
  return {
    TableName: FLOWS_TABLE,
    Key: { stateHash: text(sha256(STATES.connect)) },
    ConditionExpression:
      '(#status = :pending AND expiresAt > :nowSeconds AND browserHash IN (:browser0) AND attribute_not_exists(callbackId)) OR consumedBy = :caller',
    UpdateExpression:
      'SET #status = :consumed, consumedAt = :now, expiresAt = :keepUntil, consumedBy = :caller',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':pending': text('pending'),
      ':consumed': text('consumed'),
      ':browser0': text(sha256(BROWSER_KEY)),
      ':caller': text(randomUUID()),
      ':now': time(),
      ':nowSeconds': { N: '1800000000' },
      ':keepUntil': { N: '1800086400' },
    },
    ReturnValues: 'ALL_NEW' as const,
  };
}

function connection(token: Uint8Array) {
  const names = [
    'status',
    'requestedScopes',
    'grantedScopes',
    'lastOpenedAt',
    'lastFlow',
    'tokenFingerprint',
    'encryptedToken',
  ];
  const set = names.map((name) => `#${name} = :${name}`).join(', ');
  return {
    TableName: CONNECTIONS_TABLE,
    Key: { pim: text(pim), clientId: text(CLIENT_ID) },
    ConditionExpression:
      '(NOT attribute_type(lastOpenedAt, :text) OR lastOpenedAt <= :settled OR lastOpenedAt > :implausible OR (tokenFingerprint = :tokenFingerprint AND lastOpenedAt <= :lastOpenedAt)) AND (NOT tokenFingerprint = :tokenFingerprint OR #status = :status OR NOT attribute_type(statusAt, :text) OR statusAt <= :lastOpenedAt OR statusAt > :implausible)',
    UpdateExpression: `SET ${set}, firstConnectedAt = if_not_exists(firstConnectedAt, :lastOpenedAt) REMOVE health, checkedAt, consecutiveInvalid, statusAt`,
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ':status': text('connected'),
      ':requestedScopes': text(SCOPES),
      ':grantedScopes': text(SCOPES),
      ':lastOpenedAt': time(),
      ':lastFlow': text(sha256(STATES.connect)),
      ':tokenFingerprint': text('f'.repeat(32)),
      ':encryptedToken': { B: token },
      ':settled': time(),
      ':implausible': time(),
      ':text': text('S'),
    },
  };
}
