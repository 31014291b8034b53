import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { STACKS } from '../support/cdk.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';
import { answers } from '../support/emulator.ts';
import { logGroupNames } from '../support/functions.ts';

/** What holds at the end; nothing can be done with the world after it. */
export function removalChecks(world: () => DeployedWorld): void {
  describe('cdk destroy of the development stage', () => {
    it('leaves no table, no log, no address and no process', async () => {
      const { cdk, dynamoDb, emulator, logs } = world().deployment;
      await cdk.destroy();

      expect((await dynamoDb.send(new ListTablesCommand({}))).TableNames).toEqual([]);
      expect(await logGroupNames(logs)).toEqual([]);
      const gone = await world().browser().get(world().app.callbackUrl);
      expect(gone.status).toBe(404);
      const { exit, stderr } = await world().deployment.operator.run(['doctor']);
      expect(exit).toBe(1);
      expect(stderr).toContain(`There is no stack "${STACKS.development}"`);
      await world().close();
      expect(await answers(emulator.endpoint)).toBe(false);
    });
  });
}
