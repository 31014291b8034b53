import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { clientsWithSecret, storedSecret, type TestAws, testAws } from './support/aws.ts';
import { connect, damage } from './support/connections.ts';
import { CLIENT_SECRET, operate, operateJson } from './support/operate.ts';
import { addPim, CLIENT_ID, PIM } from './support/pims.ts';

const FORGET = ['connections', 'forget', PIM, '--yes'];
const OTHER_PIM = 'https://other.example.com';

/** A listed and connected PIM. */
async function connectedCustomer(): Promise<TestAws> {
  const aws = await testAws();
  await addPim();
  await connect(aws);
  return aws;
}

/** Removes an attribute of a row of the allow-list. */
async function damageRegistration({ dynamoDb }: TestAws, attribute: string): Promise<void> {
  const command = new UpdateItemCommand({
    TableName: 'Pims',
    Key: { pim: { S: PIM } },
    UpdateExpression: `REMOVE ${attribute}`,
  });
  await dynamoDb.send(command);
}

describe('connections forget with a connection that somebody changed by hand', () => {
  // The connections of all PIMs were read whole to see who else uses the secret, so the malformed row of another PIM
  // stopped the command in the middle, and the command that it printed to finish failed in the same way.
  it('removes a PIM and its secret although the row of another PIM is malformed', async () => {
    const aws = await connectedCustomer();
    await connect(aws, { pim: OTHER_PIM, clientId: 'other' });
    await damage(aws, 'grantedScopes', { pim: OTHER_PIM, clientId: 'other' });
    const { exit, stderr } = await operate(FORGET);
    expect(stderr).toBe('');
    expect(exit).toBe(0);
    expect(await clientsWithSecret(aws)).toEqual([]);
  });

  it('keeps the secret that the malformed connection of another PIM uses', async () => {
    const aws = await connectedCustomer();
    await connect(aws, { pim: OTHER_PIM });
    await damage(aws, 'grantedScopes', { pim: OTHER_PIM });
    expect(await operateJson(FORGET)).toMatchObject({
      secrets: [{ clientId: CLIENT_ID, secret: 'kept', usedBy: [OTHER_PIM] }],
    });
  });

  // The row that an operator wants to remove was the one that could not be forgotten.
  it.each(['grantedScopes', 'status', 'encryptedToken', 'firstConnectedAt'])(
    'removes the malformed row itself, without %s',
    async (attribute) => {
      const aws = await connectedCustomer();
      await damage(aws, attribute);
      const { exit, stdout } = await operate(FORGET);
      expect(exit).toBe(0);
      expect(stdout).toContain(`of client id ${CLIENT_ID}, with the encrypted token`);
      expect(stdout).toContain('clicks “Disconnect”');
      expect(await operateJson(['connections', 'list'])).toEqual([]);
      expect(await clientsWithSecret(aws)).toEqual([]);
    },
  );
});

describe('a row of the allow-list that somebody changed by hand', () => {
  it('is named by its PIM, with the way to list it anew', async () => {
    const aws = await connectedCustomer();
    await damageRegistration(aws, 'scopes');
    const { exit, stderr } = await operate(['pims', 'list']);
    expect(exit).toBe(1);
    expect(stderr).toContain(`${PIM}: A row of Pims has no usable "scopes".`);
    expect(stderr).toContain(`pims remove ${PIM}, then npm run app -- pims add ${PIM}`);
  });

  it('can be removed, and its secret with it', async () => {
    const aws = await connectedCustomer();
    await damageRegistration(aws, 'scopes');
    const removed = await operateJson(['pims', 'remove', PIM, '--yes']);
    expect(removed).toMatchObject({ pim: PIM, removed: true, secret: 'deleted' });
    expect(await clientsWithSecret(aws)).toEqual([]);
  });

  it('can be removed without its client id, and no secret is touched', async () => {
    const aws = await connectedCustomer();
    await damageRegistration(aws, 'clientId');
    const { exit, stdout } = await operate(['pims', 'remove', PIM, '--yes']);
    expect(exit).toBe(0);
    expect(stdout).toContain('Its row named no client id, so no secret was deleted.');
    expect(await storedSecret(CLIENT_ID, aws)).toBe(CLIENT_SECRET);
    expect(await operateJson(['pims', 'list'])).toEqual([]);
  });

  it('is forgotten like any other', async () => {
    const aws = await connectedCustomer();
    await damageRegistration(aws, 'clientId');
    const named = await operateJson([...FORGET, '--client-id', 'old']);
    expect(named).toMatchObject({ leftListings: [{ pim: PIM, clientId: null }] });
    expect(await operateJson(FORGET)).toMatchObject({
      removed: { listing: true, connections: [CLIENT_ID] },
      secrets: [{ clientId: CLIENT_ID, secret: 'deleted' }],
    });
    expect(await operateJson(['pims', 'list'])).toEqual([]);
  });

  it('keeps no secret of another PIM from being released', async () => {
    const aws = await connectedCustomer();
    const Item = { pim: { S: OTHER_PIM } };
    await aws.dynamoDb.send(new PutItemCommand({ TableName: 'Pims', Item }));
    expect((await operate(FORGET)).exit).toBe(0);
    expect(await clientsWithSecret(aws)).toEqual([]);
  });
});
