import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Problem, problemIf } from './problems.ts';

/** Some forty certificates. A function reads the file at each cold start. */
const MAX_BYTES = 64 * 1024;

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

const NAME = 'pimCertificateAuthorities';

/** What is wrong with the file of certificates that PIMs' own authorities have. */
export function certificateAuthoritiesProblems(file: unknown): readonly Problem[] {
  const text = typeof file === 'string' ? textOf(file) : undefined;
  if (text === undefined)
    return [
      {
        what: `${NAME} is ${JSON.stringify(file)}, which is no file that can be read.`,
        fix: 'Write the path of a PEM file; a relative one begins in the folder where cdk runs.',
      },
    ];
  return [
    ...problemIf(
      Buffer.byteLength(text) > MAX_BYTES,
      `${NAME} has more than 64 KB.`,
      'Leave out the authorities that everybody trusts: they are trusted all the same.',
    ),
    ...problemIf(
      text.includes('PRIVATE KEY'),
      `${NAME} has a private key.`,
      'Take it out: the certificate of the authority is enough, and the file goes to Lambda.',
    ),
    ...problemIf(
      !isPem(text),
      `${NAME} has no certificates in PEM, or one that cannot be read.`,
      'Convert it: openssl x509 -inform der -in ca.cer -out ca.pem',
    ),
  ];
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isPem(text: string): boolean {
  const blocks = text.match(CERTIFICATE) ?? [];
  const begun = text.match(/-----BEGIN/g) ?? [];
  return blocks.length > 0 && blocks.length === begun.length && blocks.every(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
