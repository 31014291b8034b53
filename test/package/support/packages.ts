import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import project from '../../../package.json' with { type: 'json' };
import { inProject } from '../../deploy/support/project.ts';
import { runOrThrow } from '../../support/run-command.ts';

/** The variable that names the folder of all folders, which goes when the tests have ended. */
export const FOLDERS = 'PACKAGE_TEST_FOLDERS';

/** A folder outside of the checkout, from which nothing of it is found. */
export function emptyFolder(): string {
  return mkdtempSync(join(process.env[FOLDERS] ?? tmpdir(), 'package-'));
}

/** Where the tarballs lie. */
export const TARBALLS = inProject('.cache', 'package');

/** The tarball of the library. */
export const library = (): string => join(TARBALLS, `${project.name}-${project.version}.tgz`);

/** The tarball of the tool. */
export const tool = (): string => join(TARBALLS, `akeneo-app-${project.version}.tgz`);

/** Installs packages, as a person who has nothing but their names or tarballs. */
export async function install(folder: string, ...packages: readonly string[]): Promise<void> {
  const args = ['install', '--prefer-offline', '--no-audit', '--no-fund', ...packages];
  await runOrThrow('npm', args, { cwd: folder, timeoutMs: 600_000 });
}

/** Writes files, by their paths in a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
