import { setTimeout as delay } from 'node:timers/promises';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { connectionKey } from '../../functions/tables/connections.ts';
import { disconnectionMark } from '../../reader/disconnection-mark.ts';
import { flowWorld, type ListedPim } from '../support/flow-world.ts';
import { exchangesAt } from '../support/journeys/journey-world.ts';
import { pimUrl } from '../support/pim-url.ts';

const world = flowWorld();

async function row({ pim, clientId }: ListedPim) {
  const { client, address } = world().app.dynamoDb;
  const Key = connectionKey({ pim: pimUrl(pim.url), clientId });
  const { Item } = await client.send(
    new GetItemCommand({ TableName: address.tables.connections, Key }),
  );
  return Item;
}

/** A back end meets the dead token and marks it. */
async function mark(listed: ListedPim): Promise<void> {
  const { client, address } = world().app.dynamoDb;
  const tokenFingerprint = (await row(listed))?.['tokenFingerprint']?.S ?? '';
  const dead = { pim: listed.pim.url, clientId: listed.clientId, tokenFingerprint };
  await disconnectionMark(client, address.tables.connections)(dead, Date.now());
}

describe('an answer to "Open app" that is under way while the App is disconnected', () => {
  // The dead token was stored as connected, an event said so, and nobody marked it again.
  it('leaves the connection as a back end has marked it, and says what happened', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    const step = await user.authorize(
      await user.startActivation(await user.openAppUrl(listed.clientId)),
    );
    if (step.kind !== 'callback') throw new Error(step.kind);
    const before = exchangesAt(listed);
    listed.pim.orderFault({ at: 'token', kind: 'slow', ms: 300 });
    const answer = user.session.get(step.url);
    await expect.poll(() => exchangesAt(listed), { interval: 5 }).toBe(before + 1);
    await delay(5);
    await mark(listed);
    const marked = await row(listed);

    expect(await answer).toMatchObject({ status: 410 });
    expect(world().log.at(-1)).toMatchObject({ message: 'token_ended', pim: listed.pim.url });
    expect(await row(listed)).toEqual(marked);
  });

  it('is followed by an attempt that connects again', async () => {
    const listed = await world().startPim();
    const user = world().user(listed);
    await user.connect(listed.clientId);
    await user.disconnect(listed.clientId);
    await mark(listed);
    const page = await user.connect(listed.clientId);

    expect(page.body).toContain('<h1>You are connected</h1>');
    expect(await row(listed)).toMatchObject({ status: { S: 'connected' } });
  });
});
