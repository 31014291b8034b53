import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const { app, context } = JSON.parse(readFileSync(join(PROJECT, 'cdk.json'), 'utf8')) as {
  readonly app: string;
  readonly context: Readonly<Record<string, unknown>>;
};

/** Runs the app as `cdk synth` does, without bundling; `templates` is what it has made. */
async function synthesize(settings: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(inject('synthesisFolder'), 'app-'));
  const everything = { ...context, 'aws:cdk:bundling-stacks': [], ...settings };
  const [command = '', ...args] = app.split(' ');
  const env = {
    ...process.env,
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify(everything),
  };
  const tool = join(PROJECT, 'node_modules', '.bin', command);
  const finished = await runCommand(tool, args, { env, cwd: PROJECT });
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  return { ...finished, templates };
}

describe('the app of cdk.json', () => {
  it('makes the stack of the stage', async () => {
    const { exit, templates } = await synthesize({ stage: 'development' });
    expect(templates).toEqual(['AkeneoAppActivationDev.template.json']);
    expect(exit).toBe(0);
  });

  it('tells a refusal by all its problems and nothing else, and makes no stack', async () => {
    const settings = { alarmEmail: 'team', healthCheck: 'no', dangerouslyDestroyTables: 'true' };
    const { exit, stdout, stderr, templates } = await synthesize(settings);
    const [first, ...problems] = stderr.trimEnd().split('\n');
    expect(first).toBe('This configuration cannot be deployed:');
    expect(problems).toHaveLength(6);
    for (const line of problems) expect(line).toMatch(/^ {2}(- | {2}Fix: )/);
    expect({ exit, stdout, templates }).toEqual({ exit: 1, stdout: '', templates: [] });
  });

  it('tells a defect by its stack trace', async () => {
    const { exit, stderr } = await synthesize({ 'aws:cdk:bundling-stacks': 'no list' });
    expect(stderr).toMatch(/^ +at /m);
    expect(exit).not.toBe(0);
  });
});
