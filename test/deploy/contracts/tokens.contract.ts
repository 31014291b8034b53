import { describe, expect, it } from 'vitest';
import type { ListedPim } from '../../support/journeys/journey-world.ts';
import type { DeployedWorld } from '../support/deployed-world.ts';
import { decryptToken, readConnection } from '../support/stored-token.ts';

/** KMS has no other word for it. */
const WRONG_CONTEXT = { name: 'InvalidCiphertextException' };

async function rowOf(world: DeployedWorld, { pim, clientId }: ListedPim) {
  const { dynamoDb } = world.deployment;
  const row = await readConnection(dynamoDb, world.tables.connections, { pim: pim.url, clientId });
  if (!row) throw new Error(`${pim.url} has not connected.`);
  return row;
}

/** What holds for the tokens in the table of a deployed stack. */
export function tokenChecks(world: () => DeployedWorld): void {
  describe('a token in the table', () => {
    it('is decrypted by KMS under its own PIM and client id, and under no others', async () => {
      const { kms } = world().deployment;
      const listed = await world().startPim();
      await world().user(listed).connect(listed.clientId);
      const row = await rowOf(world(), listed);
      const own = { pim: listed.pim.url, clientId: listed.clientId };

      await expect(decryptToken(kms, row, own)).resolves.toHaveLength(86);
      for (const other of [
        { ...own, clientId: 'another' },
        { ...own, pim: 'https://a.example' },
      ])
        await expect(decryptToken(kms, row, other)).rejects.toMatchObject(WRONG_CONTEXT);
    });
  });
}
