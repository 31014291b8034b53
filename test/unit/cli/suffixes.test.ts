import { describe, expect, it } from 'vitest';
import { parsePimKey } from '../../../cli/pims/pim-key.ts';
import { ALLOW_SUFFIX, SHARING_RISK } from '../../../cli/pims/policy.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { PimUrl, registrationKeys } from '../../../functions/pim/pim-url.ts';
import { testAws } from './support/aws.ts';
import { CLIENT_SECRET, operate, operateJson } from './support/operate.ts';
import { CLIENT_ID } from './support/pims.ts';

const POLICY = { dangerouslyAllowHttpOnLoopback: false };

function add(suffix: string, ...flags: string[]) {
  const argv = ['pims', 'add', suffix, '--scopes', 'read_products', ...flags];
  const env = { AKENEO_CLIENT_ID: CLIENT_ID, AKENEO_CLIENT_SECRET: CLIENT_SECRET };
  return operate(argv, { env });
}

describe('pims add with a suffix', () => {
  // Akeneo's own domains had a milder flag, although its customers run code of theirs below them.
  it.each(['*.cloud.akeneo.com', '*.trial.akeneo.cloud', '*.example.com'])(
    'needs the one flag for %s, whoever operates the domain',
    async (suffix) => {
      await testAws();
      const refused = await add(suffix);
      expect(refused.exit).toBe(2);
      expect(refused.stderr).toContain('could pretend to be one');
      expect(refused.stderr).toContain(`pims add https://<name>${suffix.slice(1)}`);
      expect(refused.stderr).toContain(ALLOW_SUFFIX);
      expect((await add(suffix, '--app-store')).exit).toBe(2);
      expect((await add(suffix, ALLOW_SUFFIX)).exit).toBe(0);
    },
  );

  it('counts as an App Store App: plain callback URL, and the risk is told', async () => {
    await testAws();
    const { stderr } = await add('*.cloud.akeneo.com', ALLOW_SUFFIX);
    expect(stderr).toBe(`warning: ${SHARING_RISK}\n`);
    expect(await operateJson(['pims', 'show', '*.cloud.akeneo.com'])).toMatchObject({
      appType: 'app_store',
      callbackUrl: 'https://app.example.com/callback',
    });
  });

  it.each([
    '*.com',
    '*.',
    '*',
    '*.*.akeneo.com',
    '*.cloud.akeneo.com:8443',
    '*.cloud.akeneo.com/pim',
    '*.0.0.1',
    '*.user@cloud.akeneo.com',
  ])('refuses %s, which no look-up would find', async (suffix) => {
    await testAws();
    const { exit } = await add(suffix, ALLOW_SUFFIX);
    expect(exit).toBe(2);
  });
});

describe('parsePimKey', () => {
  it.each([
    ['*.CLOUD.Akeneo.com', '*.cloud.akeneo.com'],
    ['https://*.cloud.akeneo.com/', '*.cloud.akeneo.com'],
    ['*.bücher.example', '*.xn--bcher-kva.example'],
  ])('spells %s as the look-up does', (raw, text) => {
    expect(parsePimKey(raw, POLICY).text).toBe(text);
    const below = wellFormed(PimUrl.parse(`https://pim.${text.slice(2)}`, POLICY));
    expect(registrationKeys(below)).toContain(text);
  });
});
