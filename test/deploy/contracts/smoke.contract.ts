import { describe, expect, it } from 'vitest';
import type { DeployedWorld } from '../support/deployed-world.ts';

/** What only AWS itself can prove. */
const NOT_HERE = ['Rights', 'Metrics'];

/** The release gate, as far as the emulator goes. */
export function smokeJourneys(world: () => DeployedWorld): void {
  describe('smoke', () => {
    it('connects the simulated PIM of the stage, and says what the emulator cannot prove', async () => {
      const { operator } = world().deployment;
      const list = (await operator.json(['smoke'])) as readonly Record<string, string>[];

      expect(list.map(({ proof, result, detail }) => [proof, result, detail])).toEqual(
        list.map(({ proof = '' }) => [
          proof,
          NOT_HERE.includes(proof) ? 'not proved here' : 'proved',
          expect.any(String),
        ]),
      );
      expect(list).toHaveLength(8);
    });

    it('leaves no row behind', async () => {
      const { operator } = world().deployment;
      const pim = world().output('SimulatedPimUrl');
      const listed = (await operator.json(['pims', 'list'])) as readonly { readonly pim: string }[];
      expect(listed.map((row) => row.pim)).not.toContain(pim);
      const { stderr } = await operator.run(['connections', 'show', pim]);
      expect(stderr).toContain('has not connected');
    });
  });
}
