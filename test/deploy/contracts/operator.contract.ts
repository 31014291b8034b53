import { describe, expect, it } from 'vitest';
import type { DeployedWorld } from '../support/deployed-world.ts';
import { answers } from '../support/emulator.ts';

/** What an operator does with a deployed stack, by the real command line. */
export function operatorJourneys(world: () => DeployedWorld): void {
  const operator = () => world().deployment.operator;

  describe('an operator', () => {
    it('rotates a secret, and the next user connects without a new deployment', async () => {
      const listed = await world().startPim();
      const user = world().user(listed);
      await user.connect(listed.clientId);
      const secret = await listed.pim.regenerateSecret(listed.clientId);
      const refused = await user.openApp(listed.clientId);
      const rotated = await operator().json(['pims', 'rotate-secret', listed.pim.url], secret);
      const page = await user.openApp(listed.clientId);

      expect(refused.body).toContain('client_credentials_refused');
      expect(rotated).toMatchObject({ secret: { stored: 'replaced' }, usedBy: [listed.pim.url] });
      expect(page.body).toContain('<h1>You are connected</h1>');
    });

    it('sees who has connected, and the fingerprint in place of the token', async () => {
      const listed = await world().startPim();
      await world().user(listed).connect(listed.clientId);
      const connection = await world().connection(listed);

      expect(await operator().json(['connections', 'show', listed.pim.url])).toMatchObject([
        {
          pim: listed.pim.url,
          clientId: listed.clientId,
          status: 'connected',
          tokenFingerprint: connection?.text('tokenFingerprint').slice(0, 12),
        },
      ]);
    });

    it('removes a PIM from the list, and its secret with it', async () => {
      const listed = await world().startPim();
      const { pim, clientId } = listed;
      const removed = await operator().json(['pims', 'remove', pim.url, '--yes']);
      const page = await world()
        .browser()
        .get(await world().user(listed).activateUrl(clientId));

      expect(removed).toMatchObject({
        removed: true,
        flows: 0,
        stillCoveredBy: [],
        secret: 'deleted',
      });
      expect(page.body).toContain('pim_not_listed');
    });

    it('forgets a PIM: its registration, its flow, its connection and its secret', async () => {
      const listed = await world().startPim();
      const { pim, clientId } = listed;
      await world().user(listed).connect(clientId);
      const forget = ['connections', 'forget', pim.url, '--client-id', clientId, '--yes'];

      expect(await operator().json(forget)).toEqual({
        pim: pim.url,
        removed: { listing: true, flows: 1, connections: [clientId] },
        secrets: [{ clientId, secret: 'deleted' }],
        leftListings: [],
      });
      expect(await operator().json(forget)).toEqual({
        pim: pim.url,
        removed: { listing: false, flows: 0, connections: [] },
        secrets: [{ clientId, secret: 'absent' }],
        leftListings: [],
      });
    });

    it('is told by the doctor that all is well', async () => {
      await removeClosedPims(world());
      const { exit, stdout, stderr } = await operator().run(['doctor']);

      expect(stdout + stderr).not.toContain('✗');
      expect(stdout).toContain('All is well.');
      expect(exit).toBe(0);
    });

    it('is told by the preflight that the stack is there and can be deployed again', async () => {
      const command = ['preflight', '-c', 'stage=development'];
      const { exit, stdout, stderr } = await operator().run(command);

      expect(stdout + stderr).not.toContain('✗');
      expect(stdout).toMatch(/✓ Stack name {2}\S+ is deployed already/);
      expect(exit).toBe(0);
    });

    it('is told by the doctor what is wrong, and by its exit status', async () => {
      const listed = await world().startPim();
      await listed.pim.close();
      const { exit, stdout } = await operator().run(['doctor']);
      await operator().json(['pims', 'remove', listed.pim.url, '--yes']);

      expect(exit).toBe(1);
      expect(stdout).toContain(`${listed.pim.url} refuses connections`);
    });
  });
}

/** A journey before this one has left a PIM behind that is gone, of which a doctor would rightly complain. */
async function removeClosedPims({ deployment, pims }: DeployedWorld): Promise<void> {
  for (const { url } of pims)
    if (!(await answers(url))) await deployment.operator.run(['pims', 'remove', url, '--yes']);
}
