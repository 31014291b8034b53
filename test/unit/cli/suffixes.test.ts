import { describe, expect, it } from 'vitest';
import { parsePimKey } from '../../../cli/pims/pim-key.ts';
import { ALLOW_FOREIGN_SUFFIX, isOperatedByAkeneo } from '../../../cli/pims/policy.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { PimUrl, registrationKeys } from '../../../functions/pim/pim-url.ts';
import { testAws } from './support/aws.ts';
import { CLIENT_SECRET, operate } from './support/operate.ts';
import { CLIENT_ID } from './support/pims.ts';

const POLICY = { dangerouslyAllowHttpOnLoopback: false };

function add(suffix: string, ...flags: string[]) {
  const argv = ['pims', 'add', suffix, '--scopes', 'read_products', ...flags];
  const env = { AKENEO_CLIENT_ID: CLIENT_ID, AKENEO_CLIENT_SECRET: CLIENT_SECRET };
  return operate(argv, { env });
}

describe('pims add with a suffix', () => {
  it('needs a flag for a domain of Akeneo', async () => {
    await testAws();
    const refused = await add('*.cloud.akeneo.com');
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toContain('--allow-suffix');
    expect((await add('*.cloud.akeneo.com', '--allow-suffix')).exit).toBe(0);
  });

  it.each(['*.example.com', '*.akeneo.com.example.com', '*.xakeneo.com'])(
    'needs the long flag for %s, which Akeneo does not operate',
    async (suffix) => {
      await testAws();
      const refused = await add(suffix, '--allow-suffix');
      expect(refused.exit).toBe(2);
      expect(refused.stderr).toContain(ALLOW_FOREIGN_SUFFIX);
      expect((await add(suffix, ALLOW_FOREIGN_SUFFIX)).exit).toBe(0);
    },
  );

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
    const { exit } = await add(suffix, '--allow-suffix', ALLOW_FOREIGN_SUFFIX);
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

describe('isOperatedByAkeneo', () => {
  it('cuts at whole labels', () => {
    expect(isOperatedByAkeneo('akeneo.com')).toBe(true);
    expect(isOperatedByAkeneo('eu.cloud.akeneo.com')).toBe(true);
    expect(isOperatedByAkeneo('evilakeneo.com')).toBe(false);
    expect(isOperatedByAkeneo('com')).toBe(false);
  });
});
