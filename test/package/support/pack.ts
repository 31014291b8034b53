import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packProject } from '../../deploy/support/installed-package.ts';
import { inProject } from '../../deploy/support/project.ts';
import { FOLDERS, TARBALLS } from './packages.ts';

/** Packs both packages, once for all files: two builds at a time would write over each other. */
export async function setup(): Promise<() => void> {
  const folders = mkdtempSync(join(tmpdir(), 'packages-'));
  process.env[FOLDERS] = folders;
  rmSync(TARBALLS, { recursive: true, force: true });
  mkdirSync(TARBALLS, { recursive: true });
  for (const project of [inProject(), inProject('tool')]) await packProject(TARBALLS, project);
  return () => rmSync(folders, { recursive: true, force: true });
}
