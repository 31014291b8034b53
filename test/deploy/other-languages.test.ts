import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseScope } from '../../functions/pim/scopes.ts';
import { type Item, text } from '../../functions/tables/row.ts';
import { readEnvFile } from '../../local/env-file.ts';
import { type LocalApp, startLocalApp } from '../../local/local-app.ts';
import { type ConnectedSimulator, startSimulator } from '../../local/simulator.ts';
import { readStoredConnection, type StoredConnection } from '../../local/stored-connection.ts';
import { BrowserSession, PimUser } from '../../simulator/user/index.ts';
import { type Finished, runCommand } from '../support/run-command.ts';
import { hasSymfony, phpPackages } from './support/php-tools.ts';
import { inProject } from './support/project.ts';
import { pythonTool } from './support/python-tools.ts';

/** The local run with a connected App, and the variables that it has written for back ends. */
interface World extends ConnectedSimulator {
  readonly app: LocalApp;
  readonly env: NodeJS.ProcessEnv;
  readonly token: string;
}

async function connectedWorld(): Promise<World> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'languages-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true }));
  const app = await startLocalApp({ port: 0, dataFolder, log: () => {} });
  onTestFinished(() => app.close());
  const simulator = await startSimulator(app, { port: 0, scopes: parseScope('read_products') });
  onTestFinished(() => simulator.pim.close());
  const user = new PimUser(new BrowserSession(), simulator.pim.url);
  await user.connect(simulator.clientId);
  const world = { ...simulator, app, env: readEnvFile(dataFolder) ?? {} };
  return { ...world, token: (await stored(world)).accessToken.reveal() };
}

async function stored({ app, pim, clientId }: Omit<World, 'token'>): Promise<StoredConnection> {
  const connection = await readStoredConnection(app, { pimUrl: pim.url, clientId });
  if (!connection) throw new TypeError('not connected');
  return connection;
}

async function markAs(status: string, { app, pim, clientId }: World): Promise<void> {
  const { client, address } = app.dynamoDb;
  const command = new UpdateItemCommand({
    TableName: address.tables.connections,
    Key: { pim: text(pim.url), clientId: text(clientId) },
    UpdateExpression: 'SET #status = :status',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':status': text(status) },
  });
  await client.send(command);
}

/** Copies the row: to another client id, or to another PIM, where the ciphertext does not belong. */
async function copyRow(world: World, changes: Item): Promise<void> {
  const { client, address } = world.app.dynamoDb;
  // Every value of a row is a text, a number or bytes.
  const row = (await stored(world)).row as Item;
  const Item = { ...row, ...changes };
  await client.send(new PutItemCommand({ TableName: address.tables.connections, Item }));
}

/** A program that prints how many products a PIM has, given its address and perhaps a client id. */
type Program = (world: World, args: readonly string[]) => Promise<Finished>;

const EXAMPLES = inProject('docs', 'examples');

/** With all logging on, the SDK's too. */
const LOGGING =
  'import logging, runpy, sys; logging.basicConfig(level=logging.DEBUG); sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name="__main__")';

const python: Program = ({ env }, args) => {
  const paths = { PYTHONPATH: EXAMPLES, PYTHONDONTWRITEBYTECODE: '1' };
  const program = ['-c', LOGGING, join(EXAMPLES, 'count_products.py')];
  return runCommand(pythonTool('python'), [...program, ...args], { env: { ...env, ...paths } });
};

const php: Program = ({ env }, args) =>
  runCommand(
    'php',
    ['-d', 'display_errors=stderr', join(EXAMPLES, 'php/count_products.php'), ...args],
    {
      env: { ...env, PATH: process.env['PATH'], COMPOSER_VENDOR_DIR: phpPackages() },
    },
  );

const SYMFONY = inProject('test', 'deploy', 'support', 'symfony.php');

/** The same service as Symfony's container makes it. */
const symfony: Program = ({ env }, args) => runSymfony(env, args);

function runSymfony(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Finished> {
  const program = ['-d', 'display_errors=stderr', SYMFONY, join(EXAMPLES, 'php'), ...args];
  const own = { PATH: process.env['PATH'], COMPOSER_VENDOR_DIR: phpPackages() ?? '' };
  return runCommand('php', program, { env: { ...env, ...own } });
}

/** What every back end does, whatever its language is. */
const CASES: readonly {
  readonly name: string;
  readonly arrange: (world: World) => unknown;
  readonly args?: (world: World) => readonly string[];
  readonly prints?: string;
  readonly says?: string;
}[] = [
  { name: 'connected', arrange: () => {}, prints: '3' },
  {
    name: 'connected, by its client id',
    arrange: () => {},
    args: ({ pim, clientId }) => [pim.url, clientId],
    prints: '3',
  },
  {
    name: 'not connected',
    arrange: () => {},
    args: ({ pim }) => [pim.url, 'another'],
    says: 'is not connected',
  },
  {
    name: 'disconnected',
    arrange: (world) => markAs('disconnected', world),
    says: 'is disconnected',
  },
  { name: 'replaced', arrange: (world) => markAs('replaced', world), says: 'is replaced' },
  {
    name: '401 for a dead token',
    arrange: ({ pim, clientId }) => pim.disconnect(clientId),
    says: 'a PIM user has disconnected the App',
  },
  {
    name: '429, then an answer',
    arrange: ({ pim }) =>
      pim.orderFault({ at: 'api', kind: 'status', status: 429, retryAfter: '1', times: 2 }),
    prints: '3',
  },
  {
    name: 'several clients',
    arrange: (world) => copyRow(world, { clientId: text('another') }),
    says: 'pass a client id',
  },
  {
    name: 'several clients, one chosen',
    arrange: (world) => copyRow(world, { clientId: text('another') }),
    args: ({ pim, clientId }) => [pim.url, clientId],
    prints: '3',
  },
  {
    name: 'a ciphertext of another row',
    arrange: (world) => copyRow(world, { clientId: text('another') }),
    args: ({ pim }) => [pim.url, 'another'],
    says: 'InvalidCiphertextException',
  },
  {
    name: 'a key that is not ours',
    arrange: ({ env, app }) => {
      env['AKENEO_APP_TOKEN_KEY_ID'] = app.kms.clientSecretKeyId;
    },
    says: 'IncorrectKeyException',
  },
  {
    name: 'a key of a folder that was removed',
    arrange: ({ env }) => {
      env['AKENEO_APP_TOKEN_KEY_ID'] = `${env['AKENEO_APP_TOKEN_KEY_ID']?.slice(0, -1)}z`;
    },
    says: 'NotFoundException',
  },
  {
    name: 'a table of another name',
    arrange: ({ env }) => {
      env['AKENEO_APP_CONNECTIONS_TABLE'] = 'Others';
    },
    says: 'ResourceNotFoundException',
  },
  {
    name: 'no region',
    arrange: ({ env }) => {
      for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) delete env[name];
    },
    says: 'region',
  },
  {
    name: 'no table',
    arrange: ({ env }) => {
      delete env['AKENEO_APP_CONNECTIONS_TABLE'];
    },
    says: 'AKENEO_APP_CONNECTIONS_TABLE',
  },
];

/** Whether PHP is here, if only to read the example: its packages may not be. */
const HAS_PHP = spawnSync('php', ['--version']).status === 0;

describe.runIf(HAS_PHP)('the example in PHP', () => {
  const FILES = ['count_products', 'src/Akeneo/Connections', 'src/Akeneo/PatientClient'];
  it.each(FILES)('parses %s.php', async (file) => {
    const path = join(EXAMPLES, 'php', `${file}.php`);
    expect(await runCommand('php', ['-l', path])).toMatchObject({ exit: 0 });
  });
});

describe.runIf(HAS_PHP && hasSymfony())('Symfony', () => {
  it('makes the service of config/services.yaml, with table and key of the environment', async () => {
    const env = {
      AWS_REGION: 'eu-west-1',
      AKENEO_APP_CONNECTIONS_TABLE: 'Connections',
      AKENEO_APP_TOKEN_KEY_ID: 'key',
    };
    const { exit, stdout, stderr } = await runSymfony(env, []);
    expect([exit, stdout], stderr).toEqual([0, 'Connections key\n']);
  });
});

/** In any form in which a log could hold it. */
const formsOf = (token: string): string[] => [token, Buffer.from(token).toString('base64')];

/** Those that can run here. */
const PROGRAMS: readonly (readonly [language: string, program: Program])[] = [
  ['Python', python],
  ...(phpPackages() ? [['PHP', php] as const] : []),
  ...(phpPackages() && hasSymfony() ? [['PHP with Symfony', symfony] as const] : []),
];

describe.each(PROGRAMS)('a back end in %s', (_language, program) => {
  it.each(CASES)('$name', async ({ arrange, args, prints, says }) => {
    const world = await connectedWorld();
    await arrange(world);
    const { exit, stdout, stderr } = await program(world, args?.(world) ?? [world.pim.url]);
    const isGood = prints !== undefined;
    expect([exit === 0, stdout.trim()], stderr).toEqual([isGood, prints ?? '']);
    expect(stderr).toContain(says ?? '');
    for (const form of formsOf(world.token)) expect(stdout + stderr).not.toContain(form);
  });
});
