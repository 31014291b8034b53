import { describe, expect, it } from 'vitest';
import type { DeployedWorld } from '../support/deployed-world.ts';

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
