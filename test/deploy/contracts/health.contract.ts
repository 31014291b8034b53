import { describe, expect, it } from 'vitest';
import type { DeployedWorld } from '../support/deployed-world.ts';

/** Of all PIMs: those that are gone since, and those that a journey has disconnected, are in trouble too. */
const CHECK = ['connections', 'check', '--json'];

/** What the scheduled checks make of connections. */
export function healthJourneys(world: () => DeployedWorld): void {
  describe('the health check', () => {
    it('finds an App that was disconnected, at the second sweep, and everybody hears of it', async () => {
      const { pim, clientId } = await world().startPim();
      const user = world().user({ pim, clientId });
      await user.connect(clientId);
      await user.disconnect(clientId);

      await world().sweep();
      expect(await seen(world(), pim.url)).toMatchObject({
        status: 'connected',
        health: 'disconnected',
      });
      await world().sweep();
      expect(await seen(world(), pim.url)).toMatchObject({ status: 'disconnected' });
      expect(await world().events.next('App Disconnected', pim.url)).toMatchObject({
        detail: { clientId, reason: 'disconnected' },
      });
    });

    it('is helped by an operator, whose check counts as the second sweep', async () => {
      const { pim, clientId } = await world().startPim();
      const user = world().user({ pim, clientId });
      await user.connect(clientId);
      await user.disconnect(clientId);
      await world().sweep();
      const { exit, stdout } = await world().deployment.operator.run(CHECK);

      expect(exit).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        isComplete: true,
        troubles: expect.arrayContaining([
          { kind: 'died', pim: pim.url, clientId, health: 'disconnected' },
        ]),
      });
      expect(await seen(world(), pim.url)).toMatchObject({
        status: 'disconnected',
        statusAt: expect.any(String),
      });
      expect(await world().events.next('App Disconnected', pim.url)).toMatchObject({
        detail: { clientId, reason: 'disconnected' },
      });
    });

    it('leaves a connection alone that works, and says when it was looked at', async () => {
      const { pim, clientId } = await world().startPim();
      await world().user({ pim, clientId }).connect(clientId);
      await world().sweep();

      expect(await seen(world(), pim.url)).toMatchObject({
        status: 'connected',
        health: 'connected',
        checkedAt: expect.any(String),
      });
    });
  });
}

/** What `connections show` tells of the one connection of a PIM. */
async function seen({ deployment }: DeployedWorld, pim: string): Promise<unknown> {
  const [connection] = (await deployment.operator.json(['connections', 'show', pim])) as unknown[];
  return connection;
}
