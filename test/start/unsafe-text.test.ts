import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

/** Erases a terminal, and turns the rest of the line around. */
const HOSTILE = '\u009B2J\u202E';

/** Controls, separators and marks of writing direction; the line end is ours. */
const UNSAFE = /[^\P{Cc}\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;

describe('the terminal of a developer', () => {
  it.each([
    ['an unknown option of npm start', 'local/start.ts', [`--${HOSTILE}`]],
    ['the address of a PIM', 'local/start.ts', ['--pim', `https://pim.example/${HOSTILE}`]],
    ['a folder', 'local/start.ts', ['--port', '0', '--data', `/dev/null/${HOSTILE}`]],
    ['an unknown option of the demo', 'local/demo.ts', [`--${HOSTILE}`]],
    ['an unknown option of the bench', 'test/bench/main.ts', [`--${HOSTILE}`]],
  ])('shows %s with its controls escaped', async (_what, file, args) => {
    const { exit, stderr } = await runCommand(process.execPath, ['--import', 'tsx', file, ...args]);
    expect(exit).not.toBe(0);
    expect(stderr).toContain(String.raw`\u009b2J\u202e`);
    expect(stderr).not.toMatch(UNSAFE);
  });
});
