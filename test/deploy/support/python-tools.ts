import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, runOrThrow } from '../../support/run-command.ts';
import { CACHE, inProject } from './project.ts';

const REQUIREMENTS = inProject('test', 'deploy', 'requirements.txt');
const ENVIRONMENT = join(CACHE, 'python');
/** A copy of the requirements, written last: without it the installation is not whole. */
const INSTALLED = join(ENVIRONMENT, 'installed.txt');

const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/** Also asks for `ensurepip`, which Debian keeps in a package of its own. */
const IS_USABLE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

const NO_PYTHON = `No Python 3.10 or newer with venv was found, which the emulator of AWS and the linters need.
Install it (Debian and Ubuntu: apt-get install python3-venv; macOS: brew install python; Fedora: dnf install python3),
or set PYTHON to the path of one.`;

/**
 * Installs the Python tools in a virtual environment of their own, unless the very same are there.
 *
 * @throws {Error} with what to install when there is no usable Python.
 */
export async function installPythonTools(): Promise<void> {
  if (await isInstalled()) return;
  const python = await findPython();
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  await runOrThrow(python, ['-m', 'venv', ENVIRONMENT]);
  const pip = ['install', '--quiet', '--disable-pip-version-check', '--requirement', REQUIREMENTS];
  await runOrThrow(inEnvironment('pip'), pip);
  writeFileSync(INSTALLED, readFileSync(REQUIREMENTS));
}

/**
 * The path of an installed tool.
 *
 * @throws {Error} with the command that installs it.
 */
export function pythonTool(name: 'cfn-lint' | 'ministack' | 'parliament' | 'python'): string {
  const path = inEnvironment(name);
  if (existsSync(INSTALLED) && existsSync(path)) return path;
  throw new Error(`${name} is not installed. \`npm run test:deploy\` installs it first.`);
}

async function isInstalled(): Promise<boolean> {
  if (!existsSync(INSTALLED)) return false;
  const isSame = readFileSync(INSTALLED).equals(readFileSync(REQUIREMENTS));
  return isSame && (await canRun(inEnvironment('python')));
}

async function findPython(): Promise<string> {
  const chosen = process.env['PYTHON'];
  for (const name of chosen ? [chosen] : NAMES) if (await canRun(name)) return name;
  throw new Error(NO_PYTHON);
}

async function canRun(python: string): Promise<boolean> {
  const ran = runCommand(python, ['-c', IS_USABLE]);
  return ran.then(
    ({ exit }) => exit === 0,
    () => false,
  );
}

function inEnvironment(tool: string): string {
  return join(ENVIRONMENT, 'bin', tool);
}
