import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** The file in the data folder with the variables of a back end. */
export const ENV_FILE = '.env';

/** Writes the variables where `node --env-file`, python-dotenv and Symfony's Dotenv read them. No value needs quotes. */
export function writeEnvFile(folder: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  replaceFile(join(folder, ENV_FILE), lines.join(''));
}

/** Writes a file for its owner alone, whole or not at all: a program may read it at any time. */
export function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The variables; `undefined` when the folder has no such file. */
export function readEnvFile(folder: string): NodeJS.Dict<string> | undefined {
  const file = join(folder, ENV_FILE);
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : undefined;
}
