import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refused } from '../../../functions/activation/result.ts';
import type { EndpointDeps } from '../../../functions/http/endpoint.ts';
import { plainAnswer } from '../../../functions/pages/write-answer.ts';
import { pimUrl } from '../../support/pim-url.ts';

const CONTEXT = { awsRequestId: 'invocation-9', getRemainingTimeInMillis: () => 20_000 };

interface Asked extends Pick<EndpointDeps, 'branding' | 'languages'> {
  readonly accept?: string;
}

/** What the browser and the log get of a request that is refused. */
async function ask({ accept = 'text/html', ...deps }: Asked) {
  const lines: string[] = [];
  const event = {
    rawPath: '/activate',
    rawQueryString: '',
    headers: { accept },
    requestContext: { requestId: 'request-7' },
  } as unknown as APIGatewayProxyEventV2;
  const { endpoint } = await import('../../../functions/http/endpoint.ts');
  const handler = endpoint(async () => refused('state_unknown'), {
    endpoint: 'activate',
    stack: 'Test',
    now: () => 0,
    log: (line) => lines.push(line),
    keepWarm: async () => {},
    ...deps,
  });
  const { statusCode, headers, body = '' } = await handler(event, CONTEXT);
  const [outcome, ...others] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(outcome).toMatchObject({ message: 'state_unknown', requestId: 'request-7' });
  return { statusCode, headers, body, others };
}

describe('a page that lacks a part', () => {
  // A process reads the face of the App once, and other tests may have let it.
  beforeEach(() => vi.resetModules());
  afterEach(() => vi.resetModules());

  it.each(['text/html', 'application/json'])(
    'is in English, and says so in the log: %s',
    async (accept) => {
      const { statusCode, headers, body, others } = await ask({
        accept,
        branding: {},
        languages: ['tlh'],
      });
      expect(statusCode).toBe(400);
      expect(headers?.['content-language']).toBe('en');
      expect(body).toContain('This attempt to connect is not known');
      expect(others).toEqual([
        {
          timestamp: '1970-01-01T00:00:00.000Z',
          level: 'ERROR',
          message: 'page_part_missing',
          Stack: 'Test',
          Endpoint: 'activate',
          part: 'language',
          language: 'tlh',
          errorName: expect.any(String),
          requestId: 'request-7',
          invocationId: 'invocation-9',
          frames: expect.any(Array),
        },
      ]);
    },
  );

  it('does without the face of the App until it can be read, and then remembers it', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'branding-')), 'branding.json');
    vi.stubEnv('BRANDING', pathToFileURL(file).href);
    const seen = [];
    for (const text of ['{"name":', '{"name":"Catalog Sync"}', '{"name":"Another"}']) {
      writeFileSync(file, text);
      seen.push(await ask({}));
    }
    rmSync(file);
    seen.push(await ask({}));
    vi.unstubAllEnvs();
    expect(seen.map(({ body }) => /<bdi>(.*)<\/bdi>/.exec(body)?.[1])).toEqual([
      undefined,
      'Catalog Sync',
      'Catalog Sync',
      'Catalog Sync',
    ]);
    const [first, ...later] = seen.map(({ others }) => others.map(({ part }) => part));
    expect([first, later.flat()]).toEqual([['branding'], []]);
    expect(seen[0]?.body).toContain('<h1>This attempt to connect is not known</h1>');
  });
});

describe('an answer without any file', () => {
  const OPTIONS = { wantsJson: false, depth: 0, requestId: '<request>' };
  const PIM = pimUrl('https://my.pim.example/tenant');

  it('is a page with the code, the request and the way back to a listed PIM', () => {
    const { headers, body } = plainAnswer(
      refused('pim_timeout', { pim: PIM, clientId: 'client-1' }),
      OPTIONS,
    );
    expect(headers).toMatchObject({
      'content-language': 'en',
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-/),
    });
    for (const part of [
      '<html lang="en">',
      '<h1>pim timeout</h1>',
      '<a href="https://my.pim.example/tenant/">',
      '<dd>pim_timeout<',
      '<dd>&#60;request&#62;<',
    ])
      expect(body).toContain(part);
  });

  it('leads to no PIM that is not listed', () => {
    expect(plainAnswer(refused('pim_not_listed', { pim: PIM }), OPTIONS).body).not.toContain('<a ');
  });

  it('is JSON for programs', () => {
    const { headers, body } = plainAnswer(refused('pim_timeout'), { ...OPTIONS, wantsJson: true });
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toMatchObject({ code: 'pim_timeout', requestId: '<request>' });
  });
});
