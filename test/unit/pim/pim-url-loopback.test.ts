import { describe, expect, it } from 'vitest';
import { malformed } from '../../../functions/pim/malformed.ts';
import { PimUrl } from '../../../functions/pim/pim-url.ts';
import { pimUrl } from '../../support/pim-url.ts';

describe('PimUrl.parse when plain http is allowed on loopback', () => {
  it.each([
    ['http://localhost', 'http://localhost'],
    ['http://localhost:80/', 'http://localhost'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['HTTP://LOCALHOST:8080/pim/', 'http://localhost:8080/pim'],
    ['http://pim.localhost:8080', 'http://pim.localhost:8080'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://127.254.0.9', 'http://127.254.0.9'],
    ['http://127.1', 'http://127.0.0.1'],
    ['http://0x7f.1', 'http://127.0.0.1'],
    ['http://2130706433', 'http://127.0.0.1'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]'],
  ])('accepts %s', (raw, key) => {
    expect(pimUrl(raw).toString()).toBe(key);
  });

  it.each([
    'http://pim.example',
    'http://localhost.evil.com',
    'http://localhost.evil.com:80',
    'http://evillocalhost',
    'http://evil.localhost.',
    'http://localhost.',
    'http://127.0.0.1.evil.com',
    'http://127.evil.com',
    'http://128.0.0.1',
    'http://126.255.255.255',
    'http://0.0.0.0',
    'http://10.0.0.1',
    'http://169.254.169.254',
    'http://[::]',
    'http://[::2]',
    'http://[::ffff:127.0.0.1]',
  ])('refuses %s, which is not the loopback', (raw) => {
    const policy = { dangerouslyAllowHttpOnLoopback: true };
    expect(PimUrl.parse(raw, policy)).toEqual(malformed('not-https'));
  });
});

describe('PimUrl', () => {
  it.each([
    ['https://pim.example', '/connect', 'https://pim.example/connect'],
    ['https://pim.example/tenant/', '/connect', 'https://pim.example/tenant/connect'],
    ['https://pim.example:8443', '/a/b', 'https://pim.example:8443/a/b'],
  ] as const)('appends a path to %s', (raw, path, href) => {
    expect(pimUrl(raw).at(path).href).toBe(href);
  });

  it.each([
    ['https://PIM.example/', true],
    ['https://pim.example:8443', false],
    ['https://pim.example/tenant', false],
    ['http://localhost', false],
  ])('%s is a bare https host: %s', (raw, isBare) => {
    expect(pimUrl(raw).isBareHttpsHost).toBe(isBare);
  });

  it('tells its host without the port', () => {
    expect(pimUrl('https://PIM.example:8443/tenant').hostname).toBe('pim.example');
  });

  it('is its own text in JSON', () => {
    expect(JSON.stringify({ pim: pimUrl('https://PIM.example/') })).toBe(
      '{"pim":"https://pim.example"}',
    );
  });
});
