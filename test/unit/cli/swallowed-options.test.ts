import { describe, expect, it } from 'vitest';
import { operate } from './support/operate.ts';

// Without the two dashes, `--stack` went to npm and the command ran on the default stack.
describe('an option that npm has taken for its own', () => {
  it.each(['stack', 'profile', 'region'])(
    '--%s ends the command before it does anything',
    async (option) => {
      const env = { [`npm_config_${option}`]: 'other' };
      const { exit, stderr } = await operate(['doctor'], { env });
      expect(exit).toBe(2);
      expect(stderr).toContain(`npm has taken --${option}`);
      expect(stderr).toContain(`npm run app -- … --${option}`);
    },
  );
});
