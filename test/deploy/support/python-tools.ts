import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, runOrThrow } from '../../support/run-command.ts';
import { CACHE, inProject } from './project.ts';

/** Tools that need other versions of the same packages are in an environment of their own. */
interface PythonEnvironment {
  readonly folder: string;
  readonly requirements: string;
}

const TOGETHER: PythonEnvironment = {
  folder: join(CACHE, 'python'),
  requirements: inProject('test', 'deploy', 'requirements.txt'),
};
const CHECKOV: PythonEnvironment = {
  folder: join(CACHE, 'checkov'),
  requirements: inProject('test', 'deploy', 'requirements-checkov.txt'),
};

const TOOLS = {
  checkov: CHECKOV,
  'cfn-lint': TOGETHER,
  ministack: TOGETHER,
  parliament: TOGETHER,
  python: TOGETHER,
} as const;

const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

/** Also asks for `ensurepip`, which Debian keeps in a package of its own. */
const IS_USABLE = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** Of `pip`, which may have to fetch a hundred packages. */
const PATIENCE_MS = 900_000;

const NO_PYTHON = `No Python 3.10 or newer with venv was found, which the emulator of AWS and the linters need.
Install it (Debian and Ubuntu: apt-get install python3-venv; macOS: brew install python; Fedora: dnf install python3),
or set PYTHON to the path of one.`;

/**
 * Installs the Python tools in virtual environments, unless the very same are there.
 *
 * @throws {Error} with what to install when there is no usable Python.
 */
export async function installPythonTools(): Promise<void> {
  for (const environment of [TOGETHER, CHECKOV]) await install(environment);
}

async function install(environment: PythonEnvironment): Promise<void> {
  if (await isInstalled(environment)) return;
  const { folder, requirements } = environment;
  const python = await findPython();
  rmSync(folder, { recursive: true, force: true });
  await runOrThrow(python, ['-m', 'venv', folder]);
  const pip = ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  await runOrThrow(inEnvironment(environment, 'pip'), pip, { timeoutMs: PATIENCE_MS });
  writeFileSync(installedIn(environment), readFileSync(requirements));
}

/**
 * The path of an installed tool.
 *
 * @throws {Error} with the command that installs it.
 */
export function pythonTool(name: keyof typeof TOOLS): string {
  const environment = TOOLS[name];
  const path = inEnvironment(environment, name);
  if (existsSync(installedIn(environment)) && existsSync(path)) return path;
  throw new Error(`${name} is not installed. \`npm run test:deploy\` installs it first.`);
}

async function isInstalled(environment: PythonEnvironment): Promise<boolean> {
  const installed = installedIn(environment);
  if (!existsSync(installed)) return false;
  const isSame = readFileSync(installed).equals(readFileSync(environment.requirements));
  return isSame && (await canRun(inEnvironment(environment, 'python')));
}

/** A copy of the requirements, written last: without it the installation is not whole. */
function installedIn({ folder }: PythonEnvironment): string {
  return join(folder, 'installed.txt');
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

function inEnvironment({ folder }: PythonEnvironment, tool: string): string {
  return join(folder, 'bin', tool);
}
