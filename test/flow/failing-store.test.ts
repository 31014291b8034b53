import {
  DeleteTableCommand,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { createTables, type TableNames } from '../../local/store/tables.ts';
import { flowWorld, type ListedPim } from '../support/flow-world.ts';

const world = flowWorld();

/** Takes a table away, with its rows, for as long as `during` runs. */
async function without<T>(table: keyof TableNames, during: () => Promise<T>): Promise<T> {
  const { client, address } = world().app.dynamoDb;
  const TableName = address.tables[table];
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  await client.send(new DeleteTableCommand({ TableName }));
  try {
    return await during();
  } finally {
    const tables = async () => (await client.send(new ListTablesCommand({}))).TableNames;
    await expect.poll(tables).not.toContain(TableName);
    await createTables(client);
    for (const Item of Items) await client.send(new PutItemCommand({ TableName, Item }));
  }
}

async function untilCallback(listed: ListedPim) {
  const user = world().user(listed);
  await user.authorize(await user.startActivation(await user.activateUrl(listed.clientId)));
  return { user, callback: await user.confirm(listed.clientId) };
}

const lastOutcome = () => world().log.at(-1);

describe('when DynamoDB fails', () => {
  it('at the look-up of the PIM, activate says so', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    const url = await user.activateUrl(listed.clientId);
    const page = await without('pims', () => user.session.get(url));

    expect(page.status).toBe(503);
    expect(lastOutcome()).toMatchObject({
      message: 'store_unavailable',
      dependency: 'dynamodb',
      errorName: 'ResourceNotFoundException',
    });
  });

  it('at the saving of the flow, nobody is sent to the PIM', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    const url = await user.activateUrl(listed.clientId);
    const page = await without('flows', () => user.session.get(url));

    expect(page.status).toBe(503);
    expect(page.headers.get('location')).toBeNull();
  });

  it('at the consumption of the flow, nothing is exchanged', async () => {
    const listed = await world().startPim();
    const { user, callback } = await untilCallback(listed);
    const page = await without('flows', () => user.session.get(callback));

    expect(page.status).toBe(503);
    expect(listed.pim.requests.filter(({ path }) => path.endsWith('/oauth2/token'))).toEqual([]);
  });

  it('at the saving of the token, nothing is called connected and opening again recovers', async () => {
    const listed = await world().startPim();
    const { user, callback } = await untilCallback(listed);
    const page = await without('connections', () => user.session.get(callback));

    expect(page.status).toBe(503);
    expect(lastOutcome()).toMatchObject({ message: 'token_not_saved', dependency: 'dynamodb' });
    expect(page.body).toContain('then try again: that recovers the connection');
    expect((await user.session.get(callback)).status).toBe(400);
    expect((await user.openApp(listed.clientId)).body).toContain('<h1>Connected</h1>');
  });
});
