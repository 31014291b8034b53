import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runOrThrow } from '../../support/run-command.ts';
import { inProject } from './project.ts';

/** Lambda's version of Node, on which the functions are deployed. */
const MAJOR = '24';

const PACKAGE = inProject('test', 'node24');
const BIN = join(PACKAGE, 'node_modules', '.bin');

/**
 * Installs Node 24 for the functions, unless it is there.
 *
 * @throws {Error} with npm's own words where there is no such package: it is for Linux on x64. Elsewhere
 *   run the tests on Node 24.
 */
export async function installNode24(): Promise<void> {
  if (isNode24() || existsSync(join(BIN, 'node'))) return;
  await runOrThrow('npm', ['ci', '--prefix', PACKAGE]);
}

/** The folder to put first in a `PATH` so that `node` is Node 24. */
export function node24Folder(): string {
  return isNode24() ? dirname(process.execPath) : BIN;
}

function isNode24(): boolean {
  return process.versions.node.startsWith(`${MAJOR}.`);
}
