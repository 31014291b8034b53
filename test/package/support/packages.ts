import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { packProject } from '../../deploy/support/installed-package.ts';
import { inProject } from '../../deploy/support/project.ts';
import { runOrThrow } from '../../support/run-command.ts';

/** A folder outside of the checkout, from which nothing of it is found. It is removed after the tests of a file. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const packed = new Map<string, Promise<string>>();

/** The tarball of the library. */
export const library = () => tarball(inProject());

/** The tarball of the tool. */
export const tool = () => tarball(inProject('tool'));

/** Made once for all files. */
function tarball(project: string): Promise<string> {
  const folder = inProject('.cache', 'package');
  mkdirSync(folder, { recursive: true });
  const known = packed.get(project);
  const made = known ?? packProject(folder, project).then((one) => one.tarball);
  packed.set(project, made);
  return made;
}

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
