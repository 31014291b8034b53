import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Level } from 'level';
import { CALLED } from '../../terminal/called.ts';
import { ENV_FILE } from '../env-file.ts';
import { UNDELIVERED_FILE } from '../event-delivery.ts';
import { PORTS_FILE } from '../ports.ts';
import { TOKEN_KEY_FILE } from './token-key.ts';

/** The database's folder within the data folder, beside the token key. */
const DATABASE_FOLDER = 'dynamodb';

/** What the simulated PIM remembers. */
export const PIM_FILE = 'simulated-pim.json';

const OURS = new Set([
  DATABASE_FOLDER,
  TOKEN_KEY_FILE,
  ENV_FILE,
  PORTS_FILE,
  PIM_FILE,
  UNDELIVERED_FILE,
]);

/**
 * Makes the data folder and the database's folder in it, for their owner alone. Checks that they can be used: the
 * embedded database would find out only at its first request, and end the process.
 *
 * @returns the database's folder.
 * @throws {Error} with what to do when the folder is in use, holds other files, or cannot keep data.
 */
export async function prepareDataFolder(folder: string): Promise<string> {
  const database = join(folder, DATABASE_FOLDER);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (isForeign(await readdir(folder))) throw new ForeignFolderError();
    await mkdir(database, { recursive: true });
    await chmod(database, 0o700);
    await probe(database);
  } catch (error) {
    throw new Error(explain(folder, error), { cause: error });
  }
  return database;
}

/** The folder holds other files, such as a checkout. */
class ForeignFolderError extends Error {
  override readonly name = 'ForeignFolderError';
}

/** A folder with the token key is ours. So is one that has lost the key and holds the database and its companions. */
function isForeign(names: readonly string[]): boolean {
  if (names.length === 0 || names.includes(TOKEN_KEY_FILE)) return false;
  return !names.includes(DATABASE_FOLDER) || names.some((name) => !OURS.has(name));
}

async function probe(folder: string): Promise<void> {
  const database = new Level(folder);
  await database.open();
  await database.close();
}

function explain(folder: string, error: unknown): string {
  if (error instanceof ForeignFolderError)
    return `${folder} holds other files. Choose a new or an empty folder, such as --data .data.`;
  const code = codeOf(error);
  return code === 'LEVEL_LOCKED'
    ? `${folder} is in use by another ${CALLED.dev}. Stop that one, or choose another folder with --data.`
    : `${folder} cannot keep data (${code}). Choose a folder of your own with --data.`;
}

/** The code of the innermost cause, because the database wraps the error of the operating system. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.cause instanceof Error) return codeOf(error.cause);
  return 'code' in error ? String(error.code) : error.name;
}
