import { describe, expect, it } from 'vitest';
import { testAws } from './support/aws.ts';
import { operate, operateJson } from './support/operate.ts';
import { addPim } from './support/pims.ts';

const HOSTED_PIM = 'https://a.eu.cloud.akeneo.com';
const WIDE = '*.cloud.akeneo.com';
const NARROW = '*.eu.cloud.akeneo.com';
const STILL = `${WIDE} still covers it: users can connect by that row.`;

async function listed(...pims: string[]): Promise<void> {
  await testAws();
  for (const pim of pims) await addPim({ pim, more: ['--dangerously-allow-suffix'] });
}

// It asked about a PIM "Its users can no longer connect", and said "is no longer listed", while a suffix row went on
// serving that PIM.
describe('pims remove of what a suffix covers as well', () => {
  it.each([HOSTED_PIM, NARROW])('says before and after that %s is still served', async (pim) => {
    await listed(pim, WIDE);
    const { exit, questions, stdout } = await operate(['pims', 'remove', pim], { answers: [true] });
    expect(exit).toBe(0);
    expect(questions).toEqual([`Remove the row of ${pim}? ${STILL}`]);
    expect(stdout).toContain(STILL);
    expect(stdout).not.toContain('no longer');
  });

  it('names all such suffixes for programs, the one that counts first', async () => {
    await listed(HOSTED_PIM, WIDE, NARROW);
    expect(await operateJson(['pims', 'remove', HOSTED_PIM, '--yes'])).toMatchObject({
      removed: true,
      stillCoveredBy: [NARROW, WIDE],
    });
  });

  it('promises nothing of PIMs below a suffix that have rows of their own', async () => {
    await listed(HOSTED_PIM, WIDE);
    const { questions, stdout } = await operate(['pims', 'remove', WIDE], { answers: [true] });
    expect(questions).toEqual([expect.stringContaining('unless another row lists that PIM')]);
    expect(stdout).toContain(`${WIDE} is no longer listed.`);
    expect(await operateJson(['pims', 'list'])).toMatchObject([{ pim: HOSTED_PIM }]);
  });
});
