import { describe, expect, it } from 'vitest';
import { marksIn } from '../../support/canary.ts';
import { expectNoLeak } from '../../support/leaks.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';
import { REGION } from '../support/environment.ts';
import { readLogs } from '../support/functions.ts';

/** Outcomes that the journeys end in; a log without them is not the functions' log. */
const LOGGED = [
  'connected',
  'authorization_restarted',
  'client_credentials_refused',
  'events_published',
  'health_sweep_completed',
  'login_handed_over',
  'identity_unverified',
];

/** The search for secrets in everything that a deployed stack has shown, logged and stored. */
export function leakChecks(world: () => DeployedWorld): void {
  describe('after all of it, no secret', () => {
    it('is in the logs, on a page, in a header or, unencrypted, in a table', async () => {
      const { pages, tables, deployment } = world();
      const { dynamoDb, emulator, logs } = deployment;
      const logLines = await readLogs(logs);
      const address = { endpoint: emulator.endpoint, region: REGION, tables };

      for (const code of LOGGED) expect(logLines.join('\n')).toContain(`"message":"${code}"`);
      await expectNoLeak(
        { pages, logLines },
        { address, client: dynamoDb, close: async () => undefined },
      );
    });

    it('is in an event', () => {
      const { received } = world().events;
      expect(received.join()).toContain('"App Connected"');
      for (const event of received) expect(marksIn(event), event).toEqual([]);
    });

    it('was printed by a command', () => {
      const { printed } = world().deployment.operator;
      expect(printed).toContain('The secret of');
      expect(marksIn(printed)).toEqual([]);
    });
  });
}
