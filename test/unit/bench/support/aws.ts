import { vi } from 'vitest';
import { httpServer, type TestServer } from '../../../support/http-server.ts';

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
