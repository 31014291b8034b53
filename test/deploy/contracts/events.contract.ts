import { describe, expect, it, vi } from 'vitest';
import { type ListedPim, SCOPES } from '../../support/journeys/journey-world.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';

const NEW_SCOPE = 'write_channel_settings';
const SCOPES_UPDATE = '/connect/apps/v1/scopes/update';

/** A running function may know the old row for a minute. */
const NOTICED_MS = 75_000;

/** What the services of an App hear of its connections, through the table's stream and the account's bus. */
export function eventJourneys(world: () => DeployedWorld): void {
  describe('a consumer of events', () => {
    it('hears that an App was connected, and that it was opened', async () => {
      const { pim, clientId } = await world().startPim();
      const user = world().user({ pim, clientId });
      await user.connect(clientId);
      const connected = await world().events.next('App Connected', pim.url);
      await user.openApp(clientId);
      const opened = await world().events.next('App Opened', pim.url);

      expect(connected).toMatchObject({
        source: 'akeneo-app-activation',
        detail: {
          pim: pim.url,
          clientId,
          grantedScopes: ['read_products', 'write_categories'],
          missingScopes: [],
        },
      });
      expect(String(opened.detail['sequence']) > String(connected.detail['sequence'])).toBe(true);
    });

    it('hears which scopes were granted before, once an operator has asked for more', async () => {
      const listed = await world().startPim();
      const { pim, clientId } = listed;
      const { operator } = world().deployment;
      await world().user(listed).connect(clientId);
      await operator.json(['pims', 'update', pim.url, '--scopes', `${SCOPES} ${NEW_SCOPE}`]);
      const notify = ['connections', 'notify-scopes', pim.url, '--yes'];
      const asked = await operator.json(notify);
      await openWithNewScopes(world(), listed, NEW_SCOPE);

      expect(asked).toEqual([
        { pim: pim.url, clientId, missingScopes: [NEW_SCOPE], outcome: 'asked' },
      ]);
      expect(pim.requests.filter(({ path }) => path.endsWith(SCOPES_UPDATE))).toMatchObject([
        { method: 'POST' },
      ]);
      expect(await world().events.next('Scopes Changed', pim.url)).toMatchObject({
        detail: {
          clientId,
          previousGrantedScopes: SCOPES.split(' '),
          grantedScopes: [...SCOPES.split(' '), NEW_SCOPE],
          missingScopes: [],
        },
      });
      expect(await operator.json(notify)).toEqual([]);
    });

    it('hears that an operator has forgotten a connection', async () => {
      const { pim, clientId } = await world().startPim();
      await world().user({ pim, clientId }).connect(clientId);
      const { operator } = world().deployment;
      await operator.json(['connections', 'forget', pim.url, '--yes']);

      expect(await world().events.next('App Disconnected', pim.url)).toMatchObject({
        detail: { pim: pim.url, clientId, reason: 'removed' },
      });
      expect(await world().connection({ pim, clientId })).toBeUndefined();
    });
  });
}

/**
 * Opens the App until it asks for the new scopes, and confirms the wizard of that very attempt: the next one may
 * reach another function, which still knows the old row.
 */
export async function openWithNewScopes(
  world: DeployedWorld,
  listed: ListedPim,
  newScope: string,
): Promise<void> {
  const user = world.user(listed);
  const authorizeUrl = await vi.waitFor(
    async () => {
      const url = await user.startActivation(await user.openAppUrl(listed.clientId));
      expect(url).toContain(newScope);
      return url;
    },
    { timeout: NOTICED_MS, interval: 1_000 },
  );
  await user.authorize(authorizeUrl);
  await user.session.follow(await user.confirm(listed.clientId));
}
