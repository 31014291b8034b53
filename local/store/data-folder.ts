import { mkdir } from 'node:fs/promises';
import { Level } from 'level';

/**
 * Makes the folder that keeps the data, for its owner alone, and makes sure that it can be used: the embedded
 * database finds out only when it is asked for the first time, and then ends the process.
 *
 * @throws {Error} with what to do when it is in use, or is no place for data.
 */
export async function prepareDataFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const probe = new Level(folder);
    await probe.open();
    await probe.close();
  } catch (error) {
    throw new Error(explain(folder, codeOf(error)), { cause: error });
  }
}

function explain(folder: string, code: string): string {
  return code === 'LEVEL_LOCKED'
    ? `${folder} is in use by another npm start. Stop that one, or choose another folder with --data.`
    : `${folder} cannot keep data (${code}). Choose a folder of your own with --data.`;
}

/** The code of the innermost cause, because the database wraps the error of the operating system. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.cause instanceof Error) return codeOf(error.cause);
  return 'code' in error ? String(error.code) : error.name;
}
