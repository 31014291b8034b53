import { createHash, createHmac } from 'node:crypto';
import { Agent } from 'node:http';
import { Socket } from 'node:net';
import { vi } from 'vitest';
import { httpServer, type Received, type TestServer } from '../../support/http-server.ts';

/** Puts credentials into the environment, as Lambda does; the name is a part of each of them. */
export function stubCredentials(name: string): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', `id-${name}`);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', `secret-${name}`);
  vi.stubEnv('AWS_SESSION_TOKEN', `session-${name}`);
}

/** A service of AWS that gives these answers in turn, and the last one for ever. */
export function service(
  ...answers: readonly [status: number, body: object][]
): Promise<TestServer> {
  return httpServer((response, _request, index) => {
    const [status, body] = answers[Math.min(index, answers.length - 1)] ?? [200, {}];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
    response.end(JSON.stringify(body));
  });
}

/** Hands out sockets that stay connecting for ever, as where a firewall drops every packet. */
export class AgentWithoutNetwork extends Agent {
  /** How many connections were asked for. */
  connections = 0;

  override createConnection(): Socket {
    this.connections += 1;
    return Object.defineProperty(new Socket(), 'connecting', { value: true });
  }
}

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
