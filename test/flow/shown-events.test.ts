import { expect, it, onTestFinished } from 'vitest';
import { EVENT_SOURCE } from '../../functions/events/app-event.ts';
import { type ShownEvent, watchConnections } from '../../local/connection-events.ts';
import { readableEvent } from '../../local/log-lines.ts';
import { flowWorld, SCOPES } from '../support/flow-world.ts';

const world = flowWorld();

it('a developer sees each event as a rule of EventBridge would get it', async () => {
  const { client, address } = world().app.dynamoDb;
  const events: ShownEvent[] = [];
  const stop = watchConnections(client, address.tables.connections, (event) => events.push(event));
  onTestFinished(stop);
  const listed = await world().startPim();
  const user = world().user(listed);
  const typesOfPim = () =>
    events
      .filter(({ detail }) => detail.pim === listed.pim.url)
      .map((event) => event['detail-type']);

  await user.connect(listed.clientId);
  await expect.poll(typesOfPim).toEqual(['App Connected']);
  world().advance(1_000);
  await user.openApp(listed.clientId);
  await expect.poll(typesOfPim).toEqual(['App Connected', 'App Opened']);

  const scopes = SCOPES.split(' ').sort();
  expect(events[0]).toEqual({
    source: EVENT_SOURCE,
    'detail-type': 'App Connected',
    detail: {
      id: expect.stringMatching(/^[\da-f]{32}:App Connected$/),
      sequence: expect.stringMatching(/^\d{40}\.0$/),
      pim: listed.pim.url,
      clientId: listed.clientId,
      grantedScopes: scopes,
      requestedScopes: scopes,
      missingScopes: [],
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    },
  });
  const [line = '', json = ''] = events
    .slice(0, 1)
    .flatMap((event) => readableEvent(event).split('\n'));
  expect(line).toMatch(/^\d\d:\d\d:\d\d {2}event {2}App Connected {2}http:/);
  expect(JSON.parse(json)).toEqual(events[0]);
});
