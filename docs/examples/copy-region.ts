/**
 * Copies what a stack stores to the stack of the same name in another region, while both are up:
 *
 *     npx tsx docs/examples/copy-region.ts <stack> <from region> <to region>
 *
 * Secrets and tokens are decrypted by the keys of the first region and encrypted by those of the second, in the memory
 * of this process. So it needs `kms:Decrypt` there and `kms:Encrypt` here. A row that is there already stays as it is.
 */
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import { DecryptCommand, EncryptCommand, KMSClient } from '@aws-sdk/client-kms';

type Row = Readonly<Record<string, AttributeValue>>;

/** Clients before connections before PIMs: as soon as a PIM is listed, all that it needs is there. */
const TABLES = [
  {
    table: 'ClientsTable',
    key: 'ClientSecretKeyArn',
    cipher: 'encryptedSecret',
    context: ['clientId'],
  },
  {
    table: 'ConnectionsTable',
    key: 'TokenKeyArn',
    cipher: 'encryptedToken',
    context: ['pim', 'clientId'],
  },
  { table: 'PimsTable' },
] as const;

/** A stack in one region. */
async function open(stack: string, region: string) {
  const described = await new CloudFormationClient({ region }).send(
    new DescribeStacksCommand({ StackName: stack }),
  );
  const outputs = new Map(
    described.Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  return {
    dynamoDb: new DynamoDBClient({ region }),
    kms: new KMSClient({ region }),
    output: (name: string) => outputs.get(name),
  };
}

type OpenStack = Awaited<ReturnType<typeof open>>;

/** Copies a table. @returns how many rows are new in the second region. */
async function copy(part: (typeof TABLES)[number], from: OpenStack, to: OpenStack) {
  const pages = paginateScan({ client: from.dynamoDb }, { TableName: from.output(part.table) });
  let added = 0;
  for await (const { Items = [] } of pages)
    for (const row of Items) {
      const item = 'cipher' in part ? await encryptedAnew(row, part, from, to) : row;
      added += Number(await isAdded(item, to.output(part.table), to.dynamoDb));
    }
  return added;
}

/** The row with its ciphertext made by the key of the second region. */
async function encryptedAnew(
  row: Row,
  { key, cipher, context }: Extract<(typeof TABLES)[number], { cipher: string }>,
  from: OpenStack,
  to: OpenStack,
): Promise<Row> {
  const EncryptionContext = Object.fromEntries(context.map((name) => [name, row[name]?.S ?? '']));
  const CiphertextBlob = row[cipher]?.B;
  const { Plaintext } = await from.kms.send(
    new DecryptCommand({ CiphertextBlob, EncryptionContext, KeyId: from.output(key) }),
  );
  const made = await to.kms.send(
    new EncryptCommand({ Plaintext, EncryptionContext, KeyId: to.output(key) }),
  );
  return { ...row, [cipher]: { B: made.CiphertextBlob ?? new Uint8Array() } };
}

async function isAdded(Item: Row, TableName: string | undefined, dynamoDb: DynamoDBClient) {
  const [name = ''] = Object.keys(Item).filter((one) => one === 'pim' || one === 'clientId');
  const ConditionExpression = `attribute_not_exists(${name})`;
  try {
    await dynamoDb.send(new PutItemCommand({ TableName, Item: { ...Item }, ConditionExpression }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

const [stack, fromRegion, toRegion] = process.argv.slice(2);
if (stack === undefined || fromRegion === undefined || toRegion === undefined)
  throw new Error('Name the stack, the region to copy from and the region to copy to.');
const [from, to] = await Promise.all([open(stack, fromRegion), open(stack, toRegion)]);
for (const part of TABLES)
  process.stdout.write(`${part.table}: ${await copy(part, from, to)} rows added\n`);
