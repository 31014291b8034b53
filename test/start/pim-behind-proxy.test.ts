import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { PimAnswer } from '../../functions/pim/send.ts';
import { connectProxy } from '../support/connect-proxy.ts';
import { runCommand } from '../support/run-command.ts';
import { httpsServer, privateAuthority, serverCertificate } from '../support/tls.ts';

const NODE = process.versions.node.startsWith('24.')
  ? process.execPath
  : fileURLToPath(new URL('../node24/node_modules/.bin/node', import.meta.url));

/** A PIM under a name that no name server knows, behind a proxy that does. */
const HOST = 'pim.inside.example';

const pim = (file: string) => new URL(`../../functions/pim/${file}`, import.meta.url).href;
const SCRIPT = `
const { send } = await import('${pim('send.ts')}');
const { pimAgent } = await import('${pim('pim-agent.ts')}');
const [url, authorities, timeoutMs] = process.argv.slice(1);
const agent = pimAgent(process.env, authorities);
const ask = () => send(new URL(url), { method: 'GET', headers: {} }, Number(timeoutMs), agent);
console.log(JSON.stringify([await ask(), await ask()]));
`;

async function pimInside(body?: null) {
  const issuer = await privateAuthority();
  const target = await httpsServer(await serverCertificate({ issuer, host: HOST }), body);
  const url = target.replace('127.0.0.1', HOST);
  return { target, url, authority: issuer.cert };
}

/** Two requests in a process of its own, as a function makes them. */
async function askTwice(
  url: string,
  authority: string,
  env: NodeJS.ProcessEnv,
  timeoutMs = 20_000,
) {
  const args = ['--input-type=module', '--eval', SCRIPT, '--', url, authority, `${timeoutMs}`];
  const { stdout, stderr } = await runCommand(NODE, args, { env });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as readonly PimAnswer[];
}

// Node 20 and 22 know no proxies; `npm run test:deploy` installs Node 24.
describe.skipIf(!existsSync(NODE))(
  'on Node 24, which is not installed when this is skipped, a PIM',
  () => {
    it('is asked through the proxy of the environment, each time on a connection of its own', async () => {
      const { target, url, authority } = await pimInside();
      const { url: HTTPS_PROXY, asked } = await connectProxy({ target });
      const answers = await askTwice(url, authority, { HTTPS_PROXY, NODE_USE_ENV_PROXY: '1' });
      expect(answers).toMatchObject([{ status: 200 }, { status: 200 }]);
      const { host } = new URL(url);
      expect(asked).toMatchObject([{ authority: host }, { authority: host }]);
    });

    it('is asked directly when NO_PROXY names it or the switch is off', async () => {
      const { target, url, authority } = await pimInside();
      const { url: HTTPS_PROXY, asked } = await connectProxy({ target });
      const withoutSwitch = await askTwice(url, authority, { HTTPS_PROXY });
      const NO_PROXY = '.inside.example';
      const excepted = await askTwice(url, authority, {
        HTTPS_PROXY,
        NO_PROXY,
        NODE_USE_ENV_PROXY: '1',
      });
      for (const answer of [...withoutSwitch, ...excepted])
        expect(answer).toMatchObject({ kind: 'failed', failure: 'unreachable' });
      expect(asked).toEqual([]);
    });

    it('is slow, and not out of reach, when it does not answer through the proxy', async () => {
      const { target, url, authority } = await pimInside(null);
      const { url: HTTPS_PROXY } = await connectProxy({ target });
      const env = { HTTPS_PROXY, NODE_USE_ENV_PROXY: '1' };
      const late = { kind: 'failed', failure: 'timeout' };
      expect(await askTwice(url, authority, env, 1_000)).toEqual([late, late]);
    });

    it('is told by a word of its own when the proxy refuses', async () => {
      const { url, authority } = await pimInside();
      const { url: HTTPS_PROXY } = await connectProxy({ refusal: '403 Forbidden' });
      const [answer] = await askTwice(url, authority, { HTTPS_PROXY, NODE_USE_ENV_PROXY: '1' });
      expect(answer).toMatchObject({ failure: 'unreachable', connectionFailure: 'proxy-refused' });
    });
  },
);
