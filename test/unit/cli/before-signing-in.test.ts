import { describe, expect, it } from 'vitest';
import { pointSdkTo } from './support/aws.ts';
import { operate } from './support/operate.ts';
import { PIM } from './support/pims.ts';

/** Whoever is not signed in to AWS, and has no region, learns that only once the command line is right. */
async function operateSignedOut(argv: readonly string[]) {
  pointSdkTo({ AWS_REGION: undefined, AWS_ACCESS_KEY_ID: undefined });
  return operate(argv, { answers: [] });
}

const TAKES_A_PIM = [
  'pims add',
  'pims show',
  'pims update',
  'pims rotate-secret',
  'pims remove',
  'urls',
  'connections show',
  'connections check',
  'connections notify-scopes',
  'connections forget',
];

describe('before anybody has to sign in', () => {
  it.each(TAKES_A_PIM)('%s refuses what is no address', async (command) => {
    const { exit, stderr } = await operateSignedOut([...command.split(' '), 'pim.example.com']);
    expect(exit).toBe(2);
    expect(stderr).toContain('must start with https://');
  });

  it.each(TAKES_A_PIM.filter((command) => command.startsWith('connections')))(
    '%s refuses a suffix',
    async (command) => {
      const argv = [...command.split(' '), '*.cloud.akeneo.com'];
      expect((await operateSignedOut(argv)).exit).toBe(2);
    },
  );

  it.each([
    ['pims add', ['--scopes', 'read_product'], 'did you mean read_products?'],
    ['pims add', ['--client-id', 'a/b'], 'A client id is'],
    ['pims add', ['--label', 'two\nlines'], 'The label'],
    ['pims add', ['--app-url', 'http://app.example.com'], 'The App URL'],
    ['pims update', ['--scopes', 'read_product'], 'did you mean read_products?'],
    ['pims update', ['--client-id', 'a/b'], 'A client id is'],
    ['pims update', ['--label', ''], 'The label'],
    ['pims update', ['--app-url', 'app.example.com'], 'The App URL'],
    ['pims update', [], 'There is nothing to change.'],
    ['connections show', ['--client-id', 'a/b'], 'A client id is'],
    ['connections forget', ['--client-id', 'a/b'], 'A client id is'],
    ['connections notify-scopes', ['--client-id', 'a/b'], 'A client id is'],
  ])('%s refuses %j', async (command, options, problem) => {
    const { exit, stderr } = await operateSignedOut([...command.split(' '), PIM, ...options]);
    expect(exit).toBe(2);
    expect(stderr).toContain(problem);
  });

  it('pims add refuses a suffix without its flag', async () => {
    const { exit, stderr } = await operateSignedOut(['pims', 'add', '*.cloud.akeneo.com']);
    expect(exit).toBe(2);
    expect(stderr).toContain('--dangerously-allow-suffix');
  });

  it('an address that only a development stack takes is let through, and a right one too', async () => {
    for (const pim of ['http://localhost:8080', PIM]) {
      const { exit, stderr } = await operateSignedOut(['pims', 'show', pim]);
      expect(exit).toBe(1);
      expect(stderr).toContain('No AWS region is set.');
    }
  });
});
