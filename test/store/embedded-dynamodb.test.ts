import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmbeddedDynamoDb } from '../../local/store/embedded-dynamodb.ts';

describe('the embedded DynamoDB', () => {
  it('has every table in use when it says that it has started', async () => {
    const db = await startEmbeddedDynamoDb();
    onTestFinished(() => db.close());
    const answers = await Promise.all(
      Object.values(db.address.tables).map((TableName) =>
        db.client.send(new DescribeTableCommand({ TableName })),
      ),
    );
    expect(answers.map(({ Table }) => Table?.TableStatus)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE']);
  });
});
