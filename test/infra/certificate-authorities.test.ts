import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { certificateAuthoritiesProblems } from '../../infra/configuration/certificate-authorities.ts';
import { privateAuthority } from '../support/tls.ts';
import { synthesizedFunctions } from './support/synthesized-functions.ts';

const FILE = 'pim-certificate-authorities.pem';
const folder = () => mkdtempSync(join(inject('synthesisFolder'), "it's a folder "));

function fileWith(text: string): string {
  const file = join(folder(), 'ca.pem');
  writeFileSync(file, text);
  return file;
}

const synthesized = (pimCertificateAuthorities?: string) =>
  synthesizedFunctions(
    pimCertificateAuthorities === undefined ? {} : { pimCertificateAuthorities },
  );

describe('pimCertificateAuthorities', () => {
  it('goes with the functions that ask PIMs, and into the names of their assets, so that new versions are published', async () => {
    const [one, other] = [(await privateAuthority()).cert, (await privateAuthority()).cert];
    const [none, first, second] = [
      synthesized(),
      synthesized(fileWith(one)),
      synthesized(fileWith(one + other)),
    ];
    const versionsOf = (handler: 'activate' | 'callback' | 'health' | 'events') =>
      new Set([none, first, second].map((stack) => stack.get(handler)?.version)).size;
    for (const handler of ['callback', 'health'] as const) {
      const { asset = '', variables } = first.get(handler) ?? {};
      expect(readFileSync(join(asset, FILE), 'utf8')).toBe(one);
      expect(variables).toContain(`"PIM_CERTIFICATE_AUTHORITIES":"${FILE}"`);
      const assets = [none, first, second].map((stack) =>
        stack.get(handler)?.asset.split('/').at(-1),
      );
      expect(new Set(assets).size).toBe(3);
      expect(versionsOf(handler)).toBe(3);
      const plain = none.get(handler);
      expect(existsSync(join(plain?.asset ?? '', FILE))).toBe(false);
      expect(plain?.variables).not.toContain('PIM_CERTIFICATE_AUTHORITIES');
    }
    for (const handler of ['activate', 'events'] as const) {
      const { asset = '', variables } = first.get(handler) ?? {};
      expect(existsSync(join(asset, FILE))).toBe(false);
      expect(versionsOf(handler)).toBe(1);
      expect(variables).not.toContain('PIM_CERTIFICATE_AUTHORITIES');
    }
  });

  it('takes up to 64 KB of certificates in PEM, and what is written between them', async () => {
    const certs = [(await privateAuthority()).cert, (await privateAuthority()).cert];
    const text = `# ours\n${certs.join('Subject: O=Ours\n')}`;
    expect(certificateAuthoritiesProblems(fileWith(text))).toEqual([]);
    expect(certificateAuthoritiesProblems(fileWith(text.padEnd(64 * 1024)))).toEqual([]);
    expect(certificateAuthoritiesProblems(fileWith(text.padEnd(64 * 1024 + 1)))).toMatchObject([
      { what: 'pimCertificateAuthorities has more than 64 KB.' },
    ]);
  });

  it('refuses a private key, wherever it stands', async () => {
    const { cert, key } = await privateAuthority();
    for (const text of [cert + key, key + cert, key])
      expect(certificateAuthoritiesProblems(fileWith(text))[0]?.what).toBe(
        'pimCertificateAuthorities has a private key.',
      );
  });

  it.each([
    ['nothing', ''],
    ['DER', '0\x82\x03'],
    ['a damaged certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['half a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n'],
    [
      'a certificate request',
      '-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n',
    ],
  ])('refuses a file with %s', (_case, text) => {
    expect(certificateAuthoritiesProblems(fileWith(text))).toMatchObject([
      { what: 'pimCertificateAuthorities has no certificates in PEM, or one that cannot be read.' },
    ]);
  });

  it.each([['/nowhere/ca.pem'], [''], [true], [tmpdir()]])(
    'refuses %j, which is no file',
    (file) => {
      expect(certificateAuthoritiesProblems(file)).toMatchObject([
        { what: expect.stringContaining('which is no file that can be read.') },
      ]);
    },
  );
});
