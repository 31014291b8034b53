import type { Command } from 'commander';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { program } from '../../../cli/program.ts';
import { processIo } from '../../../cli/terminal/process-io.ts';
import { safeIo } from '../../../cli/terminal/text.ts';
import { readStartOptions } from '../../../local/options.ts';
import { swallowedOption } from '../../../terminal/npm-options.ts';
import { readOptions } from '../../bench/options.ts';
import { operate } from './support/operate.ts';

const noSession = () => Promise.reject(new Error('no session'));

/** The names of all options of all commands, but for those that are decided one by one. */
const DECLARED = namesOf(program(safeIo(processIo(process)), noSession, noSession)).filter(
  (name) => !['json', 'yes', 'version'].includes(name),
);

function namesOf(command: Command): string[] {
  const own = command.options.filter(({ negate }) => !negate).map(({ long }) => long?.slice(2));
  const names = [...own, ...command.commands.flatMap(namesOf)];
  return [...new Set(names.filter((name) => name !== undefined))];
}

const PIM = 'https://pim.example.com';

// Without the two dashes, `--stack` went to npm and the command ran on the default stack.
describe('an option that npm has taken for its own', () => {
  it.each(DECLARED)('--%s ends the command before it does anything', async (option) => {
    const env = { [`npm_config_${option.replaceAll('-', '_')}`]: 'other' };
    const { exit, stderr } = await operate(['doctor'], { env });
    expect(exit).toBe(2);
    expect(stderr).toContain(`npm has taken --${option}`);
    expect(stderr).toContain(`npm run app -- … --${option}`);
  });

  it('keeps a removal of one client id from being one of all', async () => {
    const env = { npm_config_client_id: 'old' };
    const { exit, stderr } = await operate(['connections', 'forget', PIM, '--yes'], { env });
    expect(exit).toBe(2);
    expect(stderr).toContain('npm run app -- … --client-id <id>');
    expect(stderr).toContain("PowerShell with quotes: '--'");
  });

  it('keeps the settings of a preflight, whose -c is one of npm too', async () => {
    const env = { npm_config_call: 'stage=development' };
    const { exit, stderr } = await operate(['preflight'], { env });
    expect(exit).toBe(2);
    expect(stderr).toContain('npm run app -- … --context <name=value>');
    const ofNpm = { npm_config_call: 'npm run app -- urls' };
    expect((await operate(['urls', 'no PIM'], { env: ofNpm })).stderr).not.toContain(
      'npm has taken',
    );
  });

  it('is named as it was written when it switches something off', async () => {
    const { stderr } = await operate(['doctor'], { env: { npm_config_label: '' } });
    expect(stderr).toContain('npm has taken --no-label');
  });

  it('keeps npm start from taking another port', () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.spyOn(process, 'exit').mockImplementation((status) => {
      throw new Error(`exit ${status}`);
    });
    onTestFinished(() => void vi.restoreAllMocks());
    expect(() => readStartOptions([], { npm_config_port: '4411' })).toThrow('exit 2');
    expect(String(told.mock.calls[0])).toContain('npm start -- … --port <number>');
  });

  it('ends the bench', () => {
    expect(() => readOptions([], { npm_config_runs: '3' })).toThrow('npm has taken --runs');
  });
});

describe('an option that npm has as well', () => {
  const found = (env: Record<string, string>, argv: readonly string[] = []) => {
    const declared = ['--json', '--yes', '--scopes <list>', '--version', '--help'];
    return swallowedOption(declared, 'npm start --', { argv, env })?.message;
  };

  it('--json is refused, unless it arrived too', () => {
    expect(found({ npm_config_json: 'true' })).toContain('--json');
    expect(found({ npm_config_json: 'true' }, ['--json'])).toBeUndefined();
    expect(found({ npm_config_json: '' })).toBeUndefined();
  });

  it('--scopes is refused with a value', () => {
    expect(found({ npm_config_scopes: 'a b' })).toContain('--scopes');
    expect(found({ npm_config_scopes: '' })).toBeUndefined();
  });

  it('--yes is let through, since CI often sets it for npx: the command asks', () => {
    expect(found({ npm_config_yes: 'true' })).toBeUndefined();
  });

  it.each(['version', 'help'])('--%s is let through: npm starts no script for it', (name) => {
    expect(found({ [`npm_config_${name}`]: 'true' })).toBeUndefined();
  });
});
