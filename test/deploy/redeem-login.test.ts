import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { randomText } from '../../functions/activation/flow.ts';
import { CODE_LIFETIME_MS, type Login } from '../../functions/login/login.ts';
import { codePlace, seal } from '../../functions/login/seal.ts';
import { loginWriter } from '../../functions/store/login-store.ts';
import { LOGINS, loginToItem } from '../../functions/tables/logins.ts';
import { readEnvFile } from '../../local/env-file.ts';
import { startLocalApp } from '../../local/local-app.ts';
import { openLocalConnections } from '../../local/open-local-connections.ts';
import { ConnectionError } from '../../reader/index.ts';
import { runOrThrow } from '../support/run-command.ts';
import { phpPackagesForLogins } from './support/php-tools.ts';
import { inProject } from './support/project.ts';
import { pythonTool } from './support/python-tools.ts';

const LOGIN: Login = {
  pim: 'https://pim.example',
  clientId: 'client',
  sub: 'person',
  tenant: 'tenant',
  givenName: 'Zoë',
  familyName: '王',
  emailVerified: false,
  openedAt: Date.now(),
};

/** A code that `/login` has just handed over, the verifier of the App that asked, and the variables of that App. */
interface HandedOver {
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly code: string;
  readonly verifier: string;
}

async function handedOver({
  expiresAt = Date.now() + CODE_LIFETIME_MS,
  verifier = randomText(),
} = {}): Promise<HandedOver> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'logins-'));
  onTestFinished(() => rmSync(dataFolder, { recursive: true }));
  const app = await startLocalApp({ port: 0, dataFolder, log: () => {}, identity: true });
  onTestFinished(() => app.close());
  const code = randomText();
  const place = codePlace(code);
  const codeChallenge = createHash('sha256').update(verifier).digest('base64url');
  const put = loginWriter(app.dynamoDb.client, LOGINS.name);
  await put(loginToItem({ id: place.id, sealed: seal(LOGIN, place), codeChallenge, expiresAt }));
  return { dataFolder, env: readEnvFile(dataFolder) ?? {}, code, verifier };
}

/** Redeems a code; what it gives, `null` for nothing. */
type Redeem = (given: HandedOver) => Promise<unknown>;

const node: Redeem = async ({ dataFolder, code, verifier }) => {
  try {
    return await openLocalConnections({ dataFolder }).redeemLogin(code, verifier);
  } catch (error) {
    if (error instanceof ConnectionError && error.code === 'login_invalid') return null;
    throw error;
  }
};

const EXAMPLES = inProject('docs', 'examples');

const PYTHON =
  'import json, sys; from redeem_login import redeem_login; print(json.dumps(redeem_login(*sys.argv[1:])))';

const python: Redeem = ({ env, code, verifier }) => {
  const paths = { PYTHONPATH: EXAMPLES, PYTHONDONTWRITEBYTECODE: '1' };
  return printed(pythonTool('python'), ['-c', PYTHON, code, verifier], { ...env, ...paths });
};

const PHP = `
require getenv('COMPOSER_VENDOR_DIR').'/autoload.php';
$logins = new App\\Akeneo\\Logins(new Aws\\DynamoDb\\DynamoDbClient([]), getenv('AKENEO_APP_LOGINS_TABLE'));
echo json_encode($logins->redeem($argv[1], $argv[2]));`;

const php: Redeem = ({ env, code, verifier }) => {
  const paths = { PATH: process.env['PATH'], COMPOSER_VENDOR_DIR: phpPackagesForLogins() };
  const flags = ['-d', 'display_errors=stderr'];
  return printed('php', [...flags, '-r', PHP, '--', code, verifier], { ...env, ...paths });
};

async function printed(command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const { stdout } = await runOrThrow(command, args, { env });
  return JSON.parse(stdout) as unknown;
}

describe.each([
  ['Node', node, true],
  ['Python', python, true],
  ['PHP', php, phpPackagesForLogins() !== undefined],
] as const)('a login redeemed in %s', (_language, redeem, canRun) => {
  it.runIf(canRun)('is what the PIM said, once', async () => {
    const given = await handedOver();
    expect(await redeem(given)).toEqual(LOGIN);
    expect(await redeem(given)).toBeNull();
  });

  it.runIf(canRun)('is nothing to another verifier, and stays for the right one', async () => {
    const given = await handedOver();
    expect(await redeem({ ...given, verifier: randomText() })).toBeNull();
    for (const code of ['', randomText()]) expect(await redeem({ ...given, code })).toBeNull();
    expect(await redeem(given)).toEqual(LOGIN);
  });

  it.runIf(canRun)('is nothing to a session without a verifier', async () => {
    expect(await redeem(await handedOver({ verifier: '' }))).toBeNull();
  });

  it.runIf(canRun)('is nothing after its time', async () => {
    expect(await redeem(await handedOver({ expiresAt: Date.now() - 1_000 }))).toBeNull();
  });

  it.runIf(canRun)('goes to one of four that ask at once', async () => {
    const given = await handedOver();
    const answers = await Promise.all([1, 2, 3, 4].map(() => redeem(given)));
    expect(answers.filter((answer) => answer !== null)).toEqual([LOGIN]);
  });
});
