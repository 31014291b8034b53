import { randomUUID } from 'node:crypto';
import { createServer, type ServerOptions } from 'node:https';
import { onTestFinished } from 'vitest';
import { listen } from './http-server.ts';

/** A certificate with its key, in PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

interface Wanted {
  /** The name or the IPv4 address that it is for. @default 127.0.0.1 */
  readonly host?: string;
  /** Who signs it. @default itself */
  readonly issuer?: Certified;
  readonly notAfter?: Date;
}

/** An authority that only this test knows. */
export function privateAuthority(): Promise<Certified> {
  // Two of one name could not be told apart.
  return certify(`Authority ${randomUUID()}`, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ]);
}

/** A certificate of a server. */
export function serverCertificate({ host = '127.0.0.1', issuer, notAfter }: Wanted = {}) {
  const isAddress = /^[\d.]+$/.test(host);
  const name = isAddress ? { type: 7 as const, ip: host } : { type: 2 as const, value: host };
  const extensions = [{ name: 'subjectAltName' as const, altNames: [name] }];
  return certify(host, extensions, { issuer, notAfter });
}

type Generate = typeof import('selfsigned')['generate'];
type Options = NonNullable<Parameters<Generate>[1]>;

async function certify(
  commonName: string,
  extensions: NonNullable<Options['extensions']>,
  { issuer, notAfter }: { issuer?: Certified | undefined; notAfter?: Date | undefined } = {},
): Promise<Certified> {
  const { generate } = await import('selfsigned');
  const { cert, private: key } = await generate([{ name: 'commonName', value: commonName }], {
    // Such a key is made in no time; an RSA key takes a fifth of a second.
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date('2020-01-01T00:00:00Z'),
    notAfterDate: notAfter ?? new Date('2100-01-01T00:00:00Z'),
    extensions,
    ...(issuer && { ca: issuer }),
  });
  return { cert: `${cert.trimEnd()}\n`, key };
}

/**
 * An HTTPS server, until the test ends.
 *
 * @param body of each answer, whose status is 200; `null` for a server that never answers.
 */
export async function httpsServer(
  options: ServerOptions,
  body: string | null = '{}',
): Promise<string> {
  const server = createServer(options, (_request, response) => {
    if (body !== null) response.end(body);
  });
  onTestFinished(() => server.closeAllConnections());
  return (await listen(server)).replace('http:', 'https:');
}

/** A server with a certificate that nobody has signed, as that of a company's proxy looks to Node. */
export async function untrustedServer(): Promise<string> {
  return httpsServer(await serverCertificate());
}
