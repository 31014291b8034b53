import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { text } from '../../functions/store/item.ts';
import { newPim, type ReaderWorld, readerWorlds } from '../unit/reader/support/reader-world.ts';

const BOTO3 = 'boto3==1.43.11';
const EXAMPLES = fileURLToPath(new URL('../../docs/examples', import.meta.url));
const ENVIRONMENT = fileURLToPath(new URL('../../.cache/python', import.meta.url));
const PYTHON = `${ENVIRONMENT}/bin/python`;

/** Runs the function of the very file that the page shows. */
const READ = 'import sys, read_token; print(read_token.read_token(*sys.argv[1:]), end="")';

const run = promisify(execFile);
const newWorld = readerWorlds();

/** Makes a virtual environment with the SDK, once for all runs. */
function installPython(): void {
  if (hasBoto3()) return;
  execFileSync('python3', ['-m', 'venv', '--clear', ENVIRONMENT]);
  execFileSync(PYTHON, ['-m', 'pip', 'install', '--quiet', BOTO3]);
}

function hasBoto3(): boolean {
  if (!existsSync(PYTHON)) return false;
  const version = execFileSync(PYTHON, ['-m', 'pip', 'freeze'], { encoding: 'utf8' });
  return version.split('\n').includes(BOTO3);
}

async function readToken(world: ReaderWorld, pim: string): Promise<string> {
  const env = {
    PYTHONPATH: EXAMPLES,
    PYTHONDONTWRITEBYTECODE: '1',
    AKENEO_APP_CONNECTIONS_TABLE: world.table,
    AWS_ENDPOINT_URL_DYNAMODB: await world.dynamoDbUrl(),
    AWS_ENDPOINT_URL_KMS: world.kms.url,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return (await run(PYTHON, ['-c', READ, pim, 'client'], { env })).stdout;
}

describe('the Python example', () => {
  beforeAll(installPython);

  it('reads a token', async () => {
    const world = await newWorld();
    const pim = newPim();
    const token = await world.connect({ pim });
    expect(await readToken(world, pim)).toBe(token);
    expect(world.kms.decryptions).toMatchObject([
      { EncryptionContext: { pim, clientId: 'client' } },
    ]);
  });

  it('refuses a dead connection', async () => {
    const world = await newWorld();
    const pim = newPim();
    await world.connect({ pim });
    await world.putRow({ ...(await world.row(pim)), status: text('disconnected') });
    await expect(readToken(world, pim)).rejects.toThrow(`LookupError: ${pim} is disconnected`);
  });

  it('cannot read a ciphertext that was moved to another row', async () => {
    const world = await newWorld();
    const [pim, other] = [newPim(), newPim()];
    await world.connect({ pim });
    await world.putRow({ ...(await world.row(pim)), pim: text(other) });
    await expect(readToken(world, other)).rejects.toThrow('InvalidCiphertextException');
  });
});
