import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

/** The file in the data folder with the variables of a back end. */
export const ENV_FILE = '.env';

/** Writes the variables where `node --env-file`, python-dotenv and Symfony's Dotenv read them. No value needs quotes. */
export function writeEnvFile(folder: string, variables: Readonly<Record<string, string>>): void {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, ENV_FILE), lines.join(''), { mode: 0o600 });
}

/** The variables; `undefined` when the folder has no such file. */
export function readEnvFile(folder: string): NodeJS.Dict<string> | undefined {
  const file = join(folder, ENV_FILE);
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : undefined;
}
