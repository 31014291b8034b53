import { networkInterfaces } from 'node:os';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { startLocalApp } from '../../../local/local-app.ts';
import { readHost, readPublicUrl } from '../../../local/network-options.ts';
import { startSimulator } from '../../../local/simulator.ts';

const scopes = parseScope('read_products');

/** An address of this machine that other machines see. */
const OWN_ADDRESS = Object.values(networkInterfaces())
  .flatMap((addresses = []) => addresses)
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

describe('a local run behind a tunnel', () => {
  it('registers and sends browsers to its public addresses', async () => {
    const [publicUrl, pimUrl] = ['https://x-3000.app.example', 'https://x-3001.app.example'];
    const app = await startLocalApp({ port: 0, publicUrl, log: () => {} });
    onTestFinished(() => app.close());
    const { pim, clientId } = await startSimulator(app, { port: 0, scopes, publicUrl: pimUrl });
    onTestFinished(() => pim.close());
    expect(pim.url).toBe(pimUrl);
    const asked = new URL(`http://localhost:${app.port}/activate`);
    asked.searchParams.set('pim_url', pim.url);
    const { status, headers } = await fetch(asked, { redirect: 'manual' });
    expect(status).toBe(302);
    expect(headers.get('location')).toContain(`${pimUrl}/connect/apps/v1/authorize?`);
    expect(headers.get('location')).toContain(clientId);
    expect(app.callbackUrlOf(pim.url)).toMatch(/^https:\/\/x-3000\.app\.example\/callback\/\w+$/);
  });

  it.each([
    ['https://x.example/path', 'without path, query and user'],
    ['https://x.example/?a', 'without path, query and user'],
    ['https://user:secret@x.example', 'without path, query and user'],
    ['ftp://x.example', 'without path'],
    ['x.example', 'without path'],
    ['http://x.example', 'It has to be https'],
  ])('refuses the public address %s', (address, reason) => {
    expect(() => readPublicUrl(address)).toThrow(reason);
  });

  it('takes an address with a port, a slash at its end, or other letters', () => {
    const given = ['https://X.example:8443', 'HTTPS://x.example:443/', 'http://localhost:8080'];
    expect(given.map(readPublicUrl)).toEqual([
      'https://x.example:8443',
      'https://x.example',
      'http://localhost:8080',
    ]);
  });
});

describe('the host of a local run', () => {
  it('is an address, or localhost as without it', () => {
    expect(['0.0.0.0', '::', '172.17.0.2'].map(readHost)).toEqual(['0.0.0.0', '::', '172.17.0.2']);
    expect(['localhost', '127.0.0.1', '::1'].map(readHost)).toEqual(Array(3).fill(undefined));
    expect(() => readHost('my-machine')).toThrow('an address of this machine');
  });
});

describe.runIf(OWN_ADDRESS)('a local run in a container', () => {
  it.each(['0.0.0.0', OWN_ADDRESS ?? ''])(
    'at %s answers other machines, and no web page at DynamoDB',
    async (host) => {
      const app = await startLocalApp({ port: 0, host, log: () => {} });
      onTestFinished(() => app.close());
      const { pim } = await startSimulator(app, { port: 0, scopes, host });
      onTestFinished(() => pim.close());
      const at = (url: string) => url.replace(/localhost|127\.0\.0\.1/, OWN_ADDRESS ?? '');
      expect((await fetch(at(pim.url))).status).toBe(200);
      expect((await fetch(pim.url)).status).toBe(200);
      expect((await fetch(at(app.activateUrl))).status).toBe(400);
      const { endpoint } = app.dynamoDb.address;
      const headers = { origin: 'https://evil.example' };
      expect((await fetch(at(endpoint), { method: 'POST', headers })).status).toBe(403);
      expect((await app.dynamoDb.client.send(new ListTablesCommand({}))).TableNames).not.toEqual(
        [],
      );
    },
  );
});
