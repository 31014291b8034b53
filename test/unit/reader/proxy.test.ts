import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { listen } from '../../support/http-server.ts';

const NODE_24 = fileURLToPath(new URL('../../node24/node_modules/.bin/node', import.meta.url));
const READER = new URL('../../../reader/index.ts', import.meta.url).href;

/** Reads a connection and prints the code of the error. */
const SCRIPT = `
  const { openConnections } = await import(${JSON.stringify(READER)});
  const error = await openConnections().get('https://pim.example').catch((reason) => reason);
  console.log(error.code);
`;

/** A proxy that notes where the tunnels should lead, and refuses them. */
async function refusingProxy() {
  const tunnels: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  return { url: await listen(server), tunnels };
}

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
    const { url, tunnels } = await refusingProxy();
    const code = await read({ NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: url });
    expect(code).toBe('store_unavailable');
    expect(new Set(tunnels)).toEqual(new Set(['dynamodb.eu-west-1.amazonaws.com:443']));
  });

  it('does not use a proxy that fetch would not use either', async () => {
    const { url, tunnels } = await refusingProxy();
    const endpoint = await refusingProxy();
    await read({ HTTPS_PROXY: url, HTTP_PROXY: url, AWS_ENDPOINT_URL: endpoint.url });
    expect(tunnels).toEqual([]);
  });
});
