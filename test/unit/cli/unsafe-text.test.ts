import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asArgument } from '../../../cli/operator-error.ts';
import { colours, safeIo } from '../../../cli/terminal/text.ts';
import { ours } from '../../../terminal/printable.ts';
import { anyText } from '../../support/any-text.ts';
import { runCommand } from '../../support/run-command.ts';
import { operate } from './support/operate.ts';

/** Controls, separators and marks of writing direction; the line end is ours. */
const UNSAFE = /[^\P{Cc}\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;

const hostile = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xa0 }).map((code) => String.fromCharCode(code)),
    fc.constantFrom('\u061C', '\u200E', '\u2028', '\u202A', '\u202E', '\u2069', '\u001B[31m'),
    anyText({ minLength: 1, maxLength: 1 }),
  ),
});

/** More in `npm run test:fuzz`. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 100);

/** A terminal behind the one place that escapes, and what reaches a person. */
function terminal(isTTY = false) {
  const seen: string[] = [];
  const output = {
    isTTY,
    columns: 80,
    write: (text: string) => void seen.push(text),
    writeOut: async (text: string) => seen.push(text) > 0,
  };
  const asked = async (message: string) => String(seen.push(message));
  const io = safeIo({
    stdout: output,
    stderr: output,
    env: {},
    isInteractive: true,
    prompts: {
      text: async (message, check) => String(seen.push(message, check?.('') ?? '')),
      secret: asked,
      confirm: async (message) => seen.push(message) > 0,
    },
    onInterrupt: () => () => {},
  });
  return { io, seen };
}

describe('what is written', () => {
  it('holds no unsafe character of data, on either output and in no question', async () => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const { io, seen } = terminal();
        io.stdout.write(text);
        io.stderr.write(text);
        await io.prompts.text(text, () => text);
        await io.prompts.secret(text);
        await io.prompts.confirm(text);
        expect(seen).toHaveLength(6);
        for (const one of seen) expect(one).not.toMatch(UNSAFE);
      }),
      { numRuns: RUNS },
    );
  });

  it('is the same JSON for programs, without an unsafe character', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { io, seen } = terminal();
        io.stdout.write(JSON.stringify({ text }));
        expect(seen[0]).not.toMatch(UNSAFE);
        expect(JSON.parse(seen[0] ?? '')).toEqual({ text });
      }),
      { numRuns: RUNS },
    );
  });

  it('has our colours, and not those of data', () => {
    const { io, seen } = terminal(true);
    io.stdout.write(`${colours(io.stdout, {}).red('ours')} \u001B[31mtheirs ${ours('\r')}`);
    expect(seen).toEqual(['\u001B[31mours\u001B[39m \\u001b[31mtheirs \r']);
  });

  it('has U+009B escaped in an error, for people and for programs', async () => {
    const argv = ['pims', 'show', 'https://pim.example\u009B2J\u202E/'];
    const people = await operate(argv);
    expect(people.stderr).toContain(String.raw`\u009b2J\u202e`);
    const programs = await operate([...argv, '--json']);
    for (const { stderr } of [people, programs]) expect(stderr).not.toMatch(UNSAFE);
  });
});

describe('an argument of a command to copy', () => {
  it.each([
    'https://pim.example.com',
    '*.cloud.akeneo.com',
    'https://pim.example.com/$(id)',
    "https://pim.example.com/';id;'",
    'https://pim.example.com/a&b|c!*',
    '',
  ])('reaches the command as it is: %s', async (text) => {
    const script = `printf %s ${asArgument(text)}`;
    expect((await runCommand('/bin/sh', ['-c', script])).stdout).toBe(text);
  });
});
