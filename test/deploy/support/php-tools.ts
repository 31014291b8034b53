import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../support/run-command.ts';
import { CACHE, inProject } from './project.ts';

const EXAMPLE = inProject('docs', 'examples', 'php');
const INSTALLED = join(CACHE, 'php');
const STAND_IN = inProject('test', 'deploy', 'support', 'php-stand-in');

/** What Composer says where nobody answers for its packages. */
const UNREACHABLE = /curl error (5|6|7|28)\b|could not resolve host/i;

/**
 * Installs the packages of the PHP example, unless they are there or `COMPOSER_VENDOR_DIR` names others. Does nothing where
 * there is no PHP, or where the registry of its packages cannot be reached.
 *
 * @throws {Error} with what Composer says when it fails otherwise.
 */
export async function installPhpPackages(): Promise<void> {
  if (phpPackages() !== undefined || !(await canRun('php')) || !(await canRun('composer'))) return;
  const args = ['install', '--no-interaction', '--no-progress', '--no-plugins'];
  const env = {
    ...process.env,
    COMPOSER_VENDOR_DIR: INSTALLED,
    COMPOSER_ALLOW_SUPERUSER: '1',
  };
  const { exit, stderr } = await runCommand('composer', [...args, '--working-dir', EXAMPLE], {
    env,
  });
  if (exit !== 0 && !UNREACHABLE.test(stderr)) throw new Error(stderr);
}

/** The folder with the packages of the PHP example; `undefined` where they could not be installed. */
export function phpPackages(): string | undefined {
  const folder = process.env['COMPOSER_VENDOR_DIR'] || INSTALLED;
  return existsSync(join(folder, 'autoload.php')) ? folder : undefined;
}

/**
 * The folder with what the examples that log in need: those packages, or what stands in for them here; `undefined` where
 * there is no PHP.
 */
export function phpPackagesForLogins(): string | undefined {
  const hasPhp = spawnSync('php', ['--version']).status === 0;
  return hasPhp ? (phpPackages() ?? STAND_IN) : undefined;
}

/** Whether Symfony's container is here, of Composer or of Debian. */
export function hasSymfony(): boolean {
  const component = 'symfony/dependency-injection';
  const folders = ['/usr/share/php/Symfony/Component/DependencyInjection'];
  return [...folders, join(phpPackages() ?? '', component)].some((folder) => existsSync(folder));
}

function canRun(program: string): Promise<boolean> {
  return runCommand(program, ['--version']).then(
    ({ exit }) => exit === 0,
    () => false,
  );
}
