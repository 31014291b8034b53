import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../functions/activation/ports.ts';
import { DynamoDbPimDirectory } from '../../../functions/store/pim-directory.ts';
import { text } from '../../../functions/tables/row.ts';
import { awsJsonServer } from '../../support/aws-json-server.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { rejectionOf } from '../../support/rejection.ts';

const EXACT = 'https://my.cloud.example';
const SUFFIX = '*.cloud.example';

const row = (pim: string, clientId: string) => ({
  pim: text(pim),
  clientId: text(clientId),
  scopes: text('read_products'),
});

/** What a read of both rows answers when it leaves the exact one out. */
const LEFT_OUT = {
  Responses: { Pims: [row(SUFFIX, 'suffix')] },
  UnprocessedKeys: { Pims: { Keys: [{ pim: text(EXACT) }], ConsistentRead: true } },
};
const REST = { Responses: { Pims: [row(EXACT, 'exact')] }, UnprocessedKeys: {} };
const NOTHING = { Responses: {}, UnprocessedKeys: {} };

/** A directory whose table answers as told, the last answer for ever. */
async function directoryOf(answers: readonly object[]) {
  const { config, calls } = await awsJsonServer((index) => [
    200,
    answers[Math.min(index, answers.length - 1)] ?? {},
  ]);
  return { directory: new DynamoDbPimDirectory(new DynamoDBClient(config), 'Pims'), calls };
}

describe('a look-up of which DynamoDB leaves rows out', () => {
  it('reads what was left out, and takes the exact row', async () => {
    const { directory, calls } = await directoryOf([LEFT_OUT, LEFT_OUT, REST]);
    expect(await directory.find(pimUrl(EXACT))).toMatchObject({ clientId: 'exact' });
    expect(calls).toHaveLength(3);
    expect(calls[2]?.input).toEqual({ RequestItems: LEFT_OUT.UnprocessedKeys });
  });

  it('takes the suffix row when the exact one is not there', async () => {
    const { directory } = await directoryOf([LEFT_OUT, NOTHING]);
    expect(await directory.find(pimUrl(EXACT))).toMatchObject({ clientId: 'suffix' });
  });

  it('is an outage after five reads, never the suffix row in place of the exact one', async () => {
    const { directory, calls } = await directoryOf([LEFT_OUT]);
    expect(await rejectionOf(directory.find(pimUrl(EXACT)))).toBeInstanceOf(ServiceError);
    expect(calls).toHaveLength(5);
  });
});
