import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registrationKeys } from '../../../functions/pim/pim-url.ts';
import { pimUrl } from '../../support/pim-url.ts';

describe('registrationKeys', () => {
  it('gives the exact address first, then suffixes from the most specific on', () => {
    expect(registrationKeys(pimUrl('https://shop.eu.cloud.akeneo.com/'))).toEqual([
      'https://shop.eu.cloud.akeneo.com',
      '*.eu.cloud.akeneo.com',
      '*.cloud.akeneo.com',
      '*.akeneo.com',
    ]);
  });

  it.each([
    ['a host right under a top-level domain', 'https://akeneo.com'],
    ['a host of one label', 'https://pim'],
    ['a port', 'https://shop.cloud.akeneo.com:8443'],
    ['a path', 'https://shop.cloud.akeneo.com/tenant'],
    ['plain http', 'http://pim.shop.localhost'],
    ['an IPv4 address', 'https://192.0.2.7'],
    ['an IPv6 address', 'https://[2001:db8::7]'],
  ])('gives the exact address alone for %s', (_case, raw) => {
    expect(registrationKeys(pimUrl(raw))).toEqual([raw]);
  });

  it.each([
    'https://xcloud.akeneo.com',
    'https://cloud.akeneo.com',
    'https://cloud.akeneo.com.evil.example',
    'https://evil-cloud.akeneo.com.example',
    'https://shop.cloud-akeneo.com',
  ])('never covers %s by *.cloud.akeneo.com', (raw) => {
    expect(registrationKeys(pimUrl(raw))).not.toContain('*.cloud.akeneo.com');
  });

  it('looks up eight suffixes at most, and keeps those that operators list', () => {
    const keys = registrationKeys(pimUrl(`https://${'a.'.repeat(60)}cloud.akeneo.com`));
    expect(keys).toHaveLength(9);
    expect(keys).toContain('*.cloud.akeneo.com');
  });

  it('gives only suffixes of two labels or more that the host ends with', () => {
    fc.assert(
      fc.property(fc.domain(), (domain) => {
        const pim = pimUrl(`https://${domain}`);
        for (const key of registrationKeys(pim).slice(1)) {
          expect(key).toMatch(/^\*\.[^.]+\.[^.]/);
          expect(pim.hostname.endsWith(key.slice(1))).toBe(true);
          expect(pim.hostname.length).toBeGreaterThan(key.length - 1);
        }
      }),
    );
  });
});
