import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, inject, it } from 'vitest';
import { prebuiltCode } from '../../infra/bundling/handler-code.ts';
import { HandlerFunction } from '../../infra/compute/handler-function.ts';
import { certificateAuthoritiesProblems } from '../../infra/configuration/certificate-authorities.ts';
import { AkeneoAppActivationStack } from '../../infra/stack.ts';
import { privateAuthority } from '../support/tls.ts';
import { testApp } from './support/synthesis.ts';

const FILE = 'pim-certificate-authorities.pem';
const folder = () => mkdtempSync(join(inject('synthesisFolder'), "it's a folder "));

function fileWith(text: string): string {
  const file = join(folder(), 'ca.pem');
  writeFileSync(file, text);
  return file;
}

/** Each function's asset and variables, bundled as `cdk deploy` does. */
function synthesized(pimCertificateAuthorities?: string) {
  const app = testApp({
    'aws:cdk:bundling-stacks': ['**'],
    'aws:cdk:enable-asset-metadata': true,
  });
  const props = pimCertificateAuthorities === undefined ? {} : { pimCertificateAuthorities };
  const stack = new AkeneoAppActivationStack(app, 'Test', props);
  const { directory } = app.synth();
  const handlers = stack.node.findAll().filter((node) => node instanceof HandlerFunction);
  const seen = handlers.map(({ handler, alias, function: { node } }) => {
    const resource = node.defaultChild;
    if (!(resource instanceof CfnFunction)) throw new TypeError('no function');
    const asset = join(directory, String(resource.getMetadata('aws:asset:path')));
    const variables = JSON.stringify(stack.resolve(resource.environment));
    const version = JSON.stringify(stack.resolve(alias.version.version));
    return [handler, { asset, variables, version }] as const;
  });
  return new Map(seen);
}

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

  it('goes with a bundle that the package brings', async () => {
    const bundle = folder();
    writeFileSync(join(bundle, 'index.mjs'), 'export {}');
    const { cert } = await privateAuthority();
    const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'prebuilt-')) });
    const assets = [{}, { [FILE]: cert }, { [FILE]: `${cert}\n` }].map((files, index) => {
      const stack = new Stack(app, `Test${index}`);
      return prebuiltCode(bundle, files).bind(stack).s3Location?.objectKey;
    });
    expect(new Set(assets).size).toBe(3);
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
