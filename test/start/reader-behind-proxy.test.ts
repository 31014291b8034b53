import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { connectProxy } from '../support/connect-proxy.ts';
import { httpServer } from '../support/http-server.ts';

const NODE_24 = fileURLToPath(new URL('../node24/node_modules/.bin/node', import.meta.url));
const READER = new URL('../../reader/index.ts', import.meta.url).href;

/** Reads a connection and prints the code of the error. */
const SCRIPT = `
  const { openConnections } = await import(${JSON.stringify(READER)});
  const error = await openConnections().get('https://pim.example').catch((reason) => reason);
  console.log(error.code);
`;

const REFUSING = { refusal: '403 Forbidden' };

async function read(env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout } = await promisify(execFile)(NODE_24, ['--input-type=module', '-e', SCRIPT], {
    env: {
      AKENEO_APP_CONNECTIONS_TABLE: 'Connections',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      ...env,
    },
  });
  return stdout.trim();
}

const NO_NODE_24 = 'needs Node 24: npm ci --prefix test/node24';

describe.skipIf(!existsSync(NODE_24))(`the reader behind a proxy (${NO_NODE_24})`, () => {
  // Only the calls to the PIM went through it.
  it('calls AWS through the proxy that NODE_USE_ENV_PROXY names', async () => {
    const { url, asked } = await connectProxy(REFUSING);
    const code = await read({ NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: url });
    expect(code).toBe('store_unavailable');
    const authorities = new Set(asked.map(({ authority }) => authority));
    expect(authorities).toEqual(new Set(['dynamodb.eu-west-1.amazonaws.com:443']));
  });

  it('does not use a proxy that fetch would not use either', async () => {
    const { url, asked } = await connectProxy(REFUSING);
    const endpoint = await httpServer((response) => response.writeHead(400).end());
    await read({ HTTPS_PROXY: url, HTTP_PROXY: url, AWS_ENDPOINT_URL: endpoint.url });
    expect(asked).toEqual([]);
    expect(endpoint.received).not.toEqual([]);
  });
});
