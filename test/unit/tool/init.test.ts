import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { init } from '../../../tool/init.ts';

let folder: string;
let told: { stdout: string; stderr: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
  told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      told[name] += String(text);
      return true;
    });
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  onTestFinished(() => {
    process.exitCode = undefined;
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('akeneo-app init', () => {
  it.each([
    ['my-app', 'my-app'],
    ['My Äpp.v2', 'my-pp-v2'],
    ['deep/er/_x', 'x'],
    ['ä', 'my-app'],
    // npm does not install a package into one of its name.
    ['akeneo-app', 'my-app'],
  ])('writes into %j an app whose name npm takes: %s', async (app, name) => {
    const target = join(folder, app);
    await init([target]);
    const { name: written } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'));
    expect(written).toBe(name);
    expect(existsSync(join(target, '.gitignore'))).toBe(true);
  });

  it('quotes a folder with blanks in the lines to paste', async () => {
    const target = join(folder, 'My App');
    await init([target]);
    expect(told.stdout).toContain(`\n  cd "${target}"\n`);
  });

  it('takes a repository that is empty', async () => {
    mkdirSync(join(folder, '.git'));
    await init([folder]);
    expect(existsSync(join(folder, 'package.json'))).toBe(true);
  });

  it('writes nothing over what is there', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    await init([folder]);
    expect(process.exitCode).toBe(1);
    expect(told.stderr).toContain('is not empty');
    expect(existsSync(join(folder, 'package.json'))).toBe(false);
  });

  it.each(['file', 'file/below'])('says in a line why it cannot write to %s', async (target) => {
    writeFileSync(join(folder, 'file'), '');
    await init([join(folder, target)]);
    expect(process.exitCode).toBe(1);
    expect(told.stderr).toMatch(/^error: .+ E[A-Z]+: .+\.\n$/);
  });

  it.each([[[]], [['one', 'two']], [['--two', 'one']]])('refuses %j', async (args) => {
    await expect(init(args)).rejects.toThrow('exit 2');
    expect(told.stdout).toBe('');
  });
});
