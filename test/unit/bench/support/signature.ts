import { createHash, createHmac } from 'node:crypto';
import type { Received } from '../../../support/http-server.ts';

/**
 * Whether a request is signed with this secret, worked out from what arrived, as the service does.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html Elements of a signature}
 */
export function isSignedWith(secret: string, request: Received): boolean {
  const header = String(request.headers['authorization']);
  const scope = /Credential=[^/]+\/([^,]+)/.exec(header)?.[1] ?? '';
  const names = /SignedHeaders=([^,]+)/.exec(header)?.[1] ?? '';
  const time = String(request.headers['x-amz-date']);
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical(request, names))].join('\n');
  const key = scope.split('/').reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
  return header.endsWith(`Signature=${hmac(key, toSign).toString('hex')}`);
}

function canonical({ method, path, headers, body }: Received, names: string): string {
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  return [method, path, '', lines.join(''), names, sha256(body)].join('\n');
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
