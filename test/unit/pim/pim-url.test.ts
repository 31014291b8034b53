import { describe, expect, it } from 'vitest';
import { isMalformed } from '../../../functions/pim/malformed.ts';
import { PimUrl } from '../../../functions/pim/pim-url.ts';

const DEPLOYED = { dangerouslyAllowHttpOnLoopback: false };

const read = (raw: string): string => {
  const parsed = PimUrl.parse(raw, DEPLOYED);
  return isMalformed(parsed) ? `refused: ${parsed.problem}` : parsed.toString();
};

describe('PimUrl.parse', () => {
  it.each([
    ['an address as it is', 'https://pim.example', 'https://pim.example'],
    ['upper case', 'HTTPS://PIM.Example.COM', 'https://pim.example.com'],
    ['the default port', 'https://pim.example:443', 'https://pim.example'],
    ['the default port with zeros', 'https://pim.example:0443/', 'https://pim.example'],
    ['an empty port', 'https://pim.example:', 'https://pim.example'],
    ['another port', 'https://pim.example:8443/', 'https://pim.example:8443'],
    ['a trailing slash', 'https://pim.example/', 'https://pim.example'],
    ['many trailing slashes', 'https://pim.example///', 'https://pim.example'],
    ['dot segments', 'https://pim.example/a/../b/./', 'https://pim.example/b'],
    ['an umlaut', 'https://pim.bücher.example', 'https://pim.xn--bcher-kva.example'],
    [
      'its A-label in upper case',
      'https://pim.XN--BCHER-KVA.example',
      read('https://pim.bücher.example'),
    ],
    ['a full-width dot', 'https://pim．example', 'https://pim.example'],
    ['an ideographic full stop', 'https://pim。example', 'https://pim.example'],
    ['full-width letters', 'https://ＰＩＭ.example', 'https://pim.example'],
    ['a percent-encoded host', 'https://p%69m%2Eexample', 'https://pim.example'],
    ['a soft hyphen', 'https://pi\u00adm.example', 'https://pim.example'],
    ['a hexadecimal IPv4 address', 'https://0x7f.1', 'https://127.0.0.1'],
    ['an IPv4 address as one number', 'https://2130706433', 'https://127.0.0.1'],
    ['an octal IPv4 address', 'https://0177.0.0.1', 'https://127.0.0.1'],
    ['a long IPv6 address', 'https://[0:0:0:0:0:0:0:1]:443', 'https://[::1]'],
  ])('brings %s to one key', (_case, raw, key) => {
    expect(read(raw)).toBe(key);
  });

  it.each([
    ['https://pim.example/tenant', 'https://pim.example/tenant'],
    ['https://pim.example/Tenant/PIM/', 'https://pim.example/Tenant/PIM'],
    ['https://pim.example:8443/a//b', 'https://pim.example:8443/a//b'],
    ['https://pim.example/a@b', 'https://pim.example/a@b'],
    ['https://pim.example/é', 'https://pim.example/%C3%A9'],
  ])('keeps the path of a PIM that lives under one: %s', (raw, key) => {
    expect(read(raw)).toBe(key);
  });
});
