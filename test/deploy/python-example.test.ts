import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { text } from '../../functions/tables/row.ts';
import { newPim, newWorld, type ReaderWorld } from '../unit/reader/support/reader-world.ts';
import { pythonTool } from './support/python-tools.ts';

const EXAMPLES = fileURLToPath(new URL('../../docs/examples', import.meta.url));

/** Runs the function of the very file that the page shows. */
const READ = 'import sys, read_token; print(read_token.read_token(*sys.argv[1:]), end="")';

const run = promisify(execFile);
async function readToken(world: ReaderWorld, pim: string): Promise<string> {
  const env = {
    PYTHONPATH: EXAMPLES,
    PYTHONDONTWRITEBYTECODE: '1',
    AKENEO_APP_CONNECTIONS_TABLE: world.table,
    AWS_ENDPOINT_URL_DYNAMODB: world.dynamoDbUrl,
    AWS_ENDPOINT_URL_KMS: world.kms.url,
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return (await run(pythonTool('python'), ['-c', READ, pim, 'client'], { env })).stdout;
}

describe('the Python example', () => {
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
