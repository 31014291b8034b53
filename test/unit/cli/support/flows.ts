import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { TestAws } from './aws.ts';
import { CLIENT_ID, PIM } from './pims.ts';

/** What is stored of a flow; everything but the key has a default. */
interface TestFlow {
  readonly id: string;
  readonly pim?: string;
  readonly clientId?: string;
  readonly status?: 'pending' | 'consumed';
}

/** Stores a flow: as far as an operator reads it. */
export async function startFlow(
  { dynamoDb }: Pick<TestAws, 'dynamoDb'>,
  { id, pim = PIM, clientId = CLIENT_ID, status = 'pending' }: TestFlow,
): Promise<void> {
  const Item = {
    stateHash: { S: id },
    status: { S: status },
    pim: { S: pim },
    clientId: { S: clientId },
  };
  await dynamoDb.send(new PutItemCommand({ TableName: 'Flows', Item }));
}

/** The keys of the flows that are left, sorted. */
export async function leftFlows({ dynamoDb }: Pick<TestAws, 'dynamoDb'>): Promise<string[]> {
  const { Items = [] } = await dynamoDb.send(new ScanCommand({ TableName: 'Flows' }));
  return Items.map((row) => row['stateHash']?.S ?? '').sort();
}
