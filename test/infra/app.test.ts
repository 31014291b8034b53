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

/** How the CDK runs the app without credentials. */
const RUN_BY_THE_CDK = { CDK_CLI_VERSION: '2.0.0', CDK_DEFAULT_ACCOUNT: '' };

/**
 * Runs the app as `cdk synth` does, without bundling; `templates` is what it has made.
 *
 * @param settings as `-c name=value` gives them.
 * @param file what `akeneo-app.json` holds.
 * @param variables what the CDK tells the app about itself.
 */
async function synthesize(settings: Settings, file: Settings = {}, variables: object = {}) {
  const folder = mkdtempSync(join(inject('synthesisFolder'), 'app-'));
  const everything = { ...context, 'aws:cdk:bundling-stacks': [], ...settings };
  const entry = app.split(' ').at(-1) ?? '';
  const cwd = mkdtempSync(join(inject('synthesisFolder'), 'project-'));
  writeFileSync(join(cwd, 'akeneo-app.json'), JSON.stringify(file));
  const env = {
    ...process.env,
    ...variables,
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify(everything),
  };
  // As cdk.json says, but tsx is not to be found from a folder that has no packages.
  const args = ['--import', import.meta.resolve('tsx'), join(PROJECT, entry)];
  const finished = await runCommand(process.execPath, args, { env, cwd });
  const templates = readdirSync(folder).filter((name) => name.endsWith('.template.json'));
  return { ...finished, templates };
}

describe('the app of cdk.json', () => {
  it('makes the stack of the settings file, above which the command line is, and needs no credentials', async () => {
    const file = { stage: 'development', stackName: 'FirstDev' };
    const settings = { stackName: 'SecondDev' };
    const { exit, templates } = await synthesize(settings, file, RUN_BY_THE_CDK);
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

  it.each([
    ['no account, for a command that bundles', {}, ['**'], /AWS_PROFILE/],
    ['no account, for a command that does not', {}, [], /^This configuration/],
    ['an account', { CDK_DEFAULT_ACCOUNT: '111122223333' }, ['**'], /^This configuration/],
  ])('says first how to sign in when the CDK has found %s', async (_what, found, bundled, told) => {
    const settings = { stage: 'none', 'aws:cdk:bundling-stacks': bundled };
    const { stderr } = await synthesize(settings, {}, { ...RUN_BY_THE_CDK, ...found });
    expect(stderr.split('\n')[0]).toMatch(told);
  });

  it('tells a defect by its stack trace', async () => {
    const { exit, stderr } = await synthesize({ 'aws:cdk:bundling-stacks': 'no list' });
    expect(stderr).toMatch(/^ +at /m);
    expect(exit).not.toBe(0);
  });
});
