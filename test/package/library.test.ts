import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { TOOLS } from '../deploy/support/project.ts';
import { runCommand, runOrThrow } from '../support/run-command.ts';
import { emptyFolder, install, library, writeFiles } from './support/packages.ts';

let folder: string;

/** What a program says, and nothing goes wrong. */
async function said(...args: readonly string[]): Promise<string> {
  const { stdout } = await runOrThrow(process.execPath, args, { cwd: folder });
  return stdout.trim();
}

describe('the tarball', () => {
  it('has types for every way to import it', async () => {
    const attw = await runCommand(join(TOOLS, 'attw'), [library(), '--profile', 'node16']);
    expect(attw, attw.stdout).toMatchObject({ exit: 0 });
  });

  it('has exports that Node and bundlers agree on', async () => {
    const publint = await runCommand(join(TOOLS, 'publint'), ['run', library(), '--strict']);
    expect(publint, publint.stdout).toMatchObject({ exit: 0 });
  });
});

describe('a back end that installs it', () => {
  beforeAll(async () => {
    folder = emptyFolder();
    writeFiles(folder, { 'package.json': '{ "private": true }' });
    await install(folder, library());
  });

  it('gets the clients of the SDK, and no CDK', async () => {
    const args = ['ls', '--omit=dev', '--all', '--parseable'];
    const { stdout } = await runOrThrow('npm', args, { cwd: folder });
    expect(stdout).toContain('client-dynamodb');
    expect(stdout).not.toMatch(/aws-cdk-lib|constructs|hono|dynalite/);
  });

  it('gets the same classes by import and by require', async () => {
    const code = `import('akeneo-app-activation/reader').then((esm) => {
      const cjs = require('akeneo-app-activation/reader');
      console.log(esm.AccessToken === cjs.AccessToken && esm.ConnectionError === cjs.ConnectionError);
    })`;
    expect(await said('--eval', code)).toBe('true');
  });

  it('reads the version from its package.json', async () => {
    const code = `console.log(require('akeneo-app-activation/package.json').name)`;
    expect(await said('--eval', code)).toBe('akeneo-app-activation');
  });

  it('gets the licences and a list of what is in the bundles', () => {
    const file = join(folder, 'node_modules/akeneo-app-activation/dist/sbom.cdx.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { component: { name: 'akeneo-app-activation' } },
      components: expect.arrayContaining([
        expect.objectContaining({ name: '@xmldom/xmldom' }),
        expect.objectContaining({
          name: '@aws-sdk/client-dynamodb',
          licenses: [{ license: { id: 'Apache-2.0' } }],
        }),
      ]),
    });
  });

  it('runs an example out of the tarball', async () => {
    const example = 'node_modules/akeneo-app-activation/docs/examples/back-end.ts';
    const args = [example, '--bundle', '--platform=node', '--outfile=example.cjs'];
    await runOrThrow(join(TOOLS, 'esbuild'), args, { cwd: folder });
    const { stderr } = await runCommand(process.execPath, ['example.cjs'], { cwd: folder });
    expect(stderr).toContain('configuration_missing');
  });

  it('is told what to install when it asks for the construct', async () => {
    const code = `require('akeneo-app-activation/infra')`;
    const { stderr } = await runCommand(process.execPath, ['--eval', code], { cwd: folder });
    expect(stderr).toContain('npm install aws-cdk-lib constructs');
  });

  it.each(['cjs', 'esm'])('is bundled by esbuild as %s', async (format) => {
    const outfile = format === 'cjs' ? 'bundle.cjs' : 'bundle.mjs';
    const code = `import { openConnections, ConnectionError } from 'akeneo-app-activation/reader';
      try { openConnections(); } catch (error) { console.log(error instanceof ConnectionError, error.code); }`;
    writeFiles(folder, { 'back-end.ts': code });
    const args = ['back-end.ts', '--bundle', '--platform=node', `--format=${format}`];
    await runOrThrow(
      join(TOOLS, 'esbuild'),
      [...args, '--packages=bundle', '--main-fields=module,main', `--outfile=${outfile}`],
      { cwd: folder },
    );
    expect(await said(outfile)).toBe('true configuration_missing');
  });
});
