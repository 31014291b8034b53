import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, runOrThrow } from '../../support/run-command.ts';
import { inProject } from './project.ts';

/** The upgrade contract begins here, until there is a release: the commit that ended “No cold starts for people”. */
const BEFORE_THE_FIRST_RELEASE = '8eccd550944d6e8f5cb0c65abf913197d9edbd26';

/**
 * Checks out, beside this project, what the upgrade contract begins with: the last release before `HEAD`, or a fixed
 * commit as long as there is none.
 *
 * @returns the path, ready for the CDK and for the operator's command line.
 * @throws {Error} when the history is not in this clone and cannot be fetched.
 */
export async function checkOutEarlierVersion(folder: string): Promise<string> {
  const commit = await earlierVersion();
  const archive = join(folder, 'earlier-version.tar');
  const project = join(folder, 'earlier-version');
  mkdirSync(project);
  await git('archive', '--output', archive, commit);
  await runOrThrow('tar', ['-xf', archive, '-C', project]);
  await install(project);
  return project;
}

async function earlierVersion(): Promise<string> {
  if ((await git('rev-parse', '--is-shallow-repository')).trim() === 'true')
    await git('fetch', '--quiet', '--unshallow', '--tags');
  const found = await runCommand('git', DESCRIBE, { cwd: inProject() });
  return found.exit === 0 ? found.stdout.trim() : BEFORE_THE_FIRST_RELEASE;
}

/** The nearest tag of a version before `HEAD`, which may be a release itself. */
const DESCRIBE = ['describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*', 'HEAD^'];

async function git(...args: string[]): Promise<string> {
  try {
    return (await runOrThrow('git', args, { cwd: inProject() })).stdout;
  } catch (cause) {
    const what = 'The upgrade is tested from an earlier commit, which this folder does not have.';
    throw new Error(`${what} Clone the repository with its whole history.`, { cause });
  }
}

/** With the packages of this project, unless the earlier version needs others. */
async function install(project: string): Promise<void> {
  if (hasPackagesOf(project)) symlinkSync(inProject('node_modules'), join(project, 'node_modules'));
  else
    await runOrThrow('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], {
      cwd: project,
    });
}

/** Whether every package of the other lock file is installed here in that very version. */
function hasPackagesOf(project: string): boolean {
  const installed = lockedIn(inProject());
  return [...lockedIn(project)].every(([path, version]) => installed.get(path) === version);
}

function lockedIn(project: string): ReadonlyMap<string, string> {
  const lock = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as LockFile;
  const { '': _project, ...packages } = lock.packages;
  return new Map(Object.entries(packages).map(([path, { version }]) => [path, version]));
}

/** The part of npm's lock file that is read here. */
interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}
