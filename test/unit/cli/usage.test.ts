import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operate } from './support/operate.ts';

const COMMANDS = [
  'pims add',
  'pims list',
  'pims show',
  'pims update',
  'pims rotate-secret',
  'pims move',
  'pims remove',
  'connections list',
  'connections show',
  'connections check',
  'connections notify-scopes',
  'connections forget',
  'preflight',
  'urls',
  'doctor',
];

describe('--help', () => {
  it('shows the way to the first PIM, and the exit statuses', async () => {
    const { exit, stdout, stderr } = await operate(['--help']);
    expect(exit).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toContain('npm run app -- pims add https://pim.example.com');
    expect(stdout).toContain('0 done, 1 failed, 2 wrong usage, 130 cancelled');
  });

  it.each(COMMANDS)(
    'of %s gives an example and the options that every command has',
    async (name) => {
      const { exit, stdout } = await operate([...name.split(' '), '--help']);
      expect(exit).toBe(0);
      expect(stdout).toMatch(/Examples?:\n/);
      expect(stdout).toContain(`npm run app -- ${name}`);
      expect(stdout).toContain('--region <region>');
    },
  );

  it.each(['', ...COMMANDS, 'smoke'])('of %s fits a terminal of 80 columns', async (name) => {
    const argv = [...name.split(' ').filter(Boolean), '--help'];
    const { stdout } = await operate(argv, { columns: 80 });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('of pims add lists the scopes and where credentials come from', async () => {
    const { stdout } = await operate(['pims', 'add', '--help']);
    expect(stdout).toContain('write_workflow_tasks');
    expect(stdout).toContain('AKENEO_CLIENT_SECRET');
  });

  it.each(COMMANDS)('of %s is also what help %s prints', async (name) => {
    const words = name.split(' ');
    expect(await operate(['help', ...words])).toEqual(await operate([...words, '--help']));
  });

  it.each([[['nope']], [['pims', 'ad']]])('refuses help %j, which is no command', async (words) => {
    const { exit, stdout } = await operate(['help', ...words]);
    expect(exit).toBe(2);
    expect(stdout).toBe('');
  });

  it.each([[[]], [['pims']], [['connections']]])('is what %j prints, as an error', async (argv) => {
    const { exit, stdout, stderr } = await operate(argv);
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: npm run app --');
  });
});

describe('--version', () => {
  it('prints what the message about a defect asks for', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const { exit, stdout } = await operate(['--version']);
    expect(exit).toBe(0);
    expect(stdout).toBe(`${version}\n`);
  });
});

describe('wrong usage', () => {
  it.each([
    ['pims ad', "Unknown command 'ad'. (Did you mean add?)", 'pims --help'],
    ['pims add', "Missing required argument 'url'.", 'pims add --help'],
    ['pims list --jsn', "Unknown option '--jsn'. (Did you mean --json?)", 'pims list --help'],
    ['pims list --json=1', '--json takes no value.', 'pims list --help'],
    ['pims list --json=true', '--json takes no value.', 'pims list --help'],
    ['--stack Other pims remove x --yes=1', '--yes takes no value.', 'pims remove --help'],
    ['doctor now', "Too many arguments for 'doctor'.", 'doctor --help'],
  ])('%s says what is wrong, and which help to read', async (line, message, help) => {
    const { exit, stderr } = await operate(line.split(' '));
    expect(exit).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain(`next: See: npm run app -- ${help}`);
  });

  it.each(['--client-secret=CANARY', '--secret', '--clientSecret=CANARY'])(
    'refuses %s without repeating the value',
    async (option) => {
      const { exit, stderr } = await operate(['pims', 'add', 'https://pim', option, 'CANARY']);
      expect(exit).toBe(2);
      expect(stderr).toContain('never taken as an argument');
    },
  );

  it.each(['CANARY', "a'CANARY", "'\nCANARY'"])(
    'repeats no value of an unknown option: %j',
    async (value) => {
      const { stderr } = await operate(['pims', 'list', `--sceret=${value}`]);
      expect(stderr).toContain("'--sceret'");
    },
  );
});
