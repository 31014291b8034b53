import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { runOrThrow } from '../../support/run-command.ts';
import { inProject, TOOLS } from './project.ts';

/** A file of the package. */
interface PackedFile {
  readonly path: string;
}

/** What `npm pack` made. */
export interface Packed {
  readonly tarball: string;
  /** What is in it, relative to the package. */
  readonly files: readonly string[];
}

/** The part of `npm pack --json` that is read here. */
type PackReport = readonly [{ readonly filename: string; readonly files: readonly PackedFile[] }];

/**
 * Packs the project as `npm publish` would, build included.
 *
 * @param project the folder of the package. @default the library
 */
export async function packProject(folder: string, project = inProject()): Promise<Packed> {
  const args = ['pack', '--json', '--silent', '--pack-destination', folder];
  const { stdout } = await runOrThrow('npm', args, { cwd: project });
  // The build's own words come before the report.
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as PackReport;
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
}

/**
 * Makes the CDK app of somebody else in a folder outside of this project, with the package installed from
 * its tarball: whatever the package forgets to bring along is missing there.
 *
 * @param others what is installed beside it, instead of what the app has: `aws-cdk-lib@2.269.0`.
 * @returns the app's path.
 * @throws {Error} with the compiler's words when the package's types do not fit its use.
 */
export async function installInEmptyApp(
  tarball: string,
  folder: string,
  ...others: string[]
): Promise<string> {
  const app = join(folder, 'app');
  cpSync(inProject('test', 'deploy', 'package-app'), app, { recursive: true });
  const args = [
    'install',
    '--silent',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    tarball,
    ...others,
  ];
  await runOrThrow('npm', args, { cwd: app });
  await runOrThrow(join(TOOLS, 'tsc'), ['--project', app]);
  return app;
}
