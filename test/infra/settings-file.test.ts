import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { SETTING_NAMES } from '../../infra/configuration/context.ts';
import { readSettingsFile } from '../../infra/configuration/settings-file.ts';

/** What is read in a folder with these files. */
function read(files: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(inject('synthesisFolder'), 'settings-'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  return readSettingsFile(folder);
}

const problemsOf = (files: Readonly<Record<string, unknown>>) =>
  read(files).problems.map(({ what, fix }) => `${what} ${fix}`);

describe('the settings file', () => {
  it('may be missing', () => {
    expect(read({})).toEqual({ settings: {}, problems: [] });
  });

  it('gives every setting by the name that it has on the command line', () => {
    const settings = Object.fromEntries(SETTING_NAMES.map((name) => [name, 'a']));
    expect(read({ 'akeneo-app.json': settings })).toEqual({ settings, problems: [] });
  });

  it('may hold nothing but settings', () => {
    const content = { alarmEmial: 'a@example.com', team: 'blue', tracing: true };
    expect(read({ 'akeneo-app.json': content }).settings).toEqual({ tracing: true });
    expect(problemsOf({ 'akeneo-app.json': content })).toEqual([
      'akeneo-app.json has "alarmEmial", which is no setting. Write alarmEmail.',
      'akeneo-app.json has "team", which is no setting. Leave it out; docs/operate.md lists the settings.',
    ]);
  });

  it.each(['', '{ "tracing": true, }', '[]', 'null', '"tracing"'])(
    'is refused when it holds %j',
    (content) => {
      expect(problemsOf({ 'akeneo-app.json': content })).toEqual([
        expect.stringContaining('akeneo-app.json is no JSON object.'),
      ]);
    },
  );
});

describe('the file of the CDK', () => {
  // `cdk context --clear` emptied it, and the next deployment removed the domain and the address of the alarms.
  it('may hold no settings', () => {
    const content = { alarmEmail: 'a@example.com', domainName: 'connect.example.com' };
    expect(problemsOf({ 'cdk.context.json': content })).toEqual([
      'cdk.context.json has alarmEmail, domainName. It belongs to the CDK, which may empty it. Move them to akeneo-app.json beside it, word for word.',
    ]);
  });

  it('may hold what the CDK has looked up, and what is somebody else’s', () => {
    const key = 'hosted-zone:account=111122223333:domainName=example.com:region=eu-west-1';
    expect(problemsOf({ 'cdk.context.json': { [key]: { Id: 'Z1' }, team: 'blue' } })).toEqual([]);
  });
});
