import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Level } from 'level';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startLocalApp } from '../../../local/local-app.ts';
import { startEmbeddedDynamoDb } from '../../../local/store/embedded-dynamodb.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'data-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

async function startAndClose(dataFolder: string): Promise<void> {
  const app = await startLocalApp({ port: 0, dataFolder, log: () => {} });
  await app.close();
}

describe('the folder of --data', () => {
  it('keeps the database in a folder of its own, with the key beside it, and opens again', async () => {
    const folder = temporaryFolder();
    await startAndClose(folder);
    await startAndClose(folder);
    expect(readdirSync(folder).sort()).toEqual(['.env', 'dynamodb', 'token-key']);
  });

  it('keeps the database from all others, whoever may read the folder itself', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dynamodb'));
    chmodSync(join(folder, 'dynamodb'), 0o755);
    await startAndClose(folder);
    expect(statSync(join(folder, 'dynamodb')).mode & 0o777).toBe(0o700);
  });

  // `--data .` spread the files of the database over the checkout.
  it.each(['package.json', '.git', '.env'])(
    'is refused and left as it is when it holds %s',
    async (name) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, name), '');
      await expect(startAndClose(folder)).rejects.toThrow(
        `${folder} holds other files. Choose a new or an empty folder, such as --data .data.`,
      );
      expect(readdirSync(folder)).toEqual([name]);
    },
  );

  // The database was closed some time after its server, and its folder was still locked.
  it('can be opened again as soon as it is closed', async () => {
    const folder = temporaryFolder();
    const db = await startEmbeddedDynamoDb(folder);
    await db.close();
    const again = new Level(join(folder, 'dynamodb'));
    await expect(again.open()).resolves.toBeUndefined();
    await again.close();
  });
});
