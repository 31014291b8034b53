import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const { app, context } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8')) as {
  readonly app: string;
  readonly context: Readonly<Record<string, unknown>>;
};

type Settings = Readonly<Record<string, unknown>>;

/**
 * Runs the app as `cdk synth` does, without bundling; `templates` is what it has made.
 *
 * @param settings as `-c name=value` gives them.
 * @param file what `akeneo-app.json` holds.
 */
async function synthesize(settings: Settings, file: Settings = {}) {
  const folder = mkdtempSync(join(inject('synthesisFolder'), 'app-'));
  const everything = { ...context, 'aws:cdk:bundling-stacks': [], ...settings };
  const [command = '', entry = ''] = app.split(' ');
  const cwd = mkdtempSync(join(inject('synthesisFolder'), 'project-'));
  writeFileSync(join(cwd, 'akeneo-app.json'), JSON.stringify(file));
  const env = {
    ...process.env,
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify(everything),
  };
  const tool = join(PROJECT, 'node_modules', '.bin', command);
  const finished = await runCommand(tool, [join(PROJECT, entry)], { env, cwd });
  const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  return { ...finished, templates };
}

describe('the app of cdk.json', () => {
  it('makes the stack of the settings file, above which the command line is', async () => {
    const file = { stage: 'development', stackName: 'FirstDev' };
    const { exit, templates } = await synthesize({ stackName: 'SecondDev' }, file);
    expect(templates).toEqual(['SecondDev.template.json']);
    expect(exit).toBe(0);
  });

  it('tells a refusal by all its problems and nothing else, and makes no stack', async () => {
    const settings = { alarmEmail: 'team', healthCheck: 'no', dangerouslyDestroyTables: 'true' };
    const { exit, stdout, stderr, templates } = await synthesize(settings, { team: 'blue' });
    const [first, ...problems] = stderr.trimEnd().split('\n');
    expect(first).toBe('This configuration cannot be deployed:');
    expect(problems).toHaveLength(8);
    for (const line of problems) expect(line).toMatch(/^ {2}(- | {2}Fix: )/);
    expect({ exit, stdout, templates }).toEqual({ exit: 1, stdout: '', templates: [] });
  });

  it('tells a defect by its stack trace', async () => {
    const { exit, stderr } = await synthesize({ 'aws:cdk:bundling-stacks': 'no list' });
    expect(stderr).toMatch(/^ +at /m);
    expect(exit).not.toBe(0);
  });
});
