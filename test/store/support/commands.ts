import { createHash } from 'node:crypto';
import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { BundledSdk } from './bundled-sdk.ts';

/** A command that the functions use: how it is sent, what the service answers, what comes out. */
export interface CommandCase {
  readonly name: string;
  readonly target: string;
  readonly answer: object;
  readonly output: object;
  readonly send: (sdk: BundledSdk, config: ClientConfig) => Promise<unknown>;
}

/** What all clients take alike. */
export type ClientConfig = Pick<
  DynamoDBClientConfig,
  'endpoint' | 'region' | 'maxAttempts' | 'requestHandler'
>;

const BYTES = Buffer.from('bytes');
const ROW = { key: { S: 'a' }, count: { N: '7' }, token: { B: BYTES.toString('base64') } };
/** As the SDK hands it out: bytes instead of base64. */
const ITEM = { key: { S: 'a' }, count: { N: '7' }, token: { B: new Uint8Array(BYTES) } };
const Key = { key: { S: 'a' } };
const CONTEXT = { pim: 'https://pim.example', clientId: 'client-1' };

const dynamoDb = (operation: string) => `DynamoDB_20120810.${operation}`;

/** Every command that the functions send; a test fails when one is missing here. */
export const COMMANDS: readonly CommandCase[] = [
  {
    name: 'BatchGetItemCommand',
    target: dynamoDb('BatchGetItem'),
    answer: { Responses: { Pims: [ROW] }, UnprocessedKeys: {} },
    output: { Responses: { Pims: [ITEM] }, UnprocessedKeys: {} },
    send: (sdk, config) =>
      new sdk.DynamoDBClient(config).send(
        new sdk.BatchGetItemCommand({ RequestItems: { Pims: { Keys: [Key] } } }),
      ),
  },
  {
    name: 'GetItemCommand',
    target: dynamoDb('GetItem'),
    answer: { Item: ROW },
    output: { Item: ITEM },
    send: (sdk, config) =>
      new sdk.DynamoDBClient(config).send(new sdk.GetItemCommand({ TableName: 'Flows', Key })),
  },
  {
    name: 'PutItemCommand',
    target: dynamoDb('PutItem'),
    answer: {},
    output: {},
    send: (sdk, config) =>
      new sdk.DynamoDBClient(config).send(
        new sdk.PutItemCommand({ TableName: 'Flows', Item: ITEM }),
      ),
  },
  {
    name: 'DeleteItemCommand',
    target: dynamoDb('DeleteItem'),
    answer: { Attributes: ROW },
    output: { Attributes: ITEM },
    send: (sdk, config) =>
      new sdk.DynamoDBClient(config).send(new sdk.DeleteItemCommand({ TableName: 'Logins', Key })),
  },
  {
    name: 'UpdateItemCommand',
    target: dynamoDb('UpdateItem'),
    answer: { Attributes: ROW },
    output: { Attributes: ITEM },
    send: (sdk, config) =>
      new sdk.DynamoDBClient(config).send(new sdk.UpdateItemCommand({ TableName: 'Flows', Key })),
  },
  {
    name: 'paginateScan',
    target: dynamoDb('Scan'),
    answer: { Items: [ROW] },
    output: { Items: [ITEM] },
    send: async (sdk, config) => {
      const client = new sdk.DynamoDBClient(config);
      const pages = sdk.paginateScan({ client }, { TableName: 'Connections' });
      return (await pages.next()).value;
    },
  },
  {
    name: 'EncryptCommand',
    target: 'TrentService.Encrypt',
    answer: { CiphertextBlob: BYTES.toString('base64') },
    output: { CiphertextBlob: new Uint8Array(BYTES) },
    send: (sdk, config) =>
      new sdk.KMSClient(config).send(
        new sdk.EncryptCommand({ KeyId: 'k', Plaintext: BYTES, EncryptionContext: CONTEXT }),
      ),
  },
  {
    name: 'DecryptCommand',
    target: 'TrentService.Decrypt',
    answer: { Plaintext: BYTES.toString('base64') },
    output: { Plaintext: new Uint8Array(BYTES) },
    send: (sdk, config) =>
      new sdk.KMSClient(config).send(
        new sdk.DecryptCommand({ CiphertextBlob: BYTES, EncryptionContext: CONTEXT }),
      ),
  },
  {
    name: 'PutEventsCommand',
    target: 'AWSEvents.PutEvents',
    answer: { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] },
    output: { FailedEntryCount: 0, Entries: [{ EventId: 'e' }] },
    send: (sdk, config) =>
      new sdk.EventBridgeClient(config).send(
        new sdk.PutEventsCommand({ Entries: [{ Source: 's', DetailType: 'd', Detail: '{}' }] }),
      ),
  },
  {
    name: 'SendMessageCommand',
    target: 'AmazonSQS.SendMessage',
    answer: { MessageId: 'm', MD5OfMessageBody: createHash('md5').update('body').digest('hex') },
    output: { MessageId: 'm' },
    send: (sdk, config) =>
      new sdk.SQSClient(config).send(
        new sdk.SendMessageCommand({
          QueueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/queue',
          MessageBody: 'body',
        }),
      ),
  },
];

/** One command of each client, for what a client does and not a command. */
export const ONE_OF_EACH_CLIENT: readonly CommandCase[] = COMMANDS.filter(({ name }) =>
  ['GetItemCommand', 'EncryptCommand', 'PutEventsCommand', 'SendMessageCommand'].includes(name),
);
