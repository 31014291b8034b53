import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../../cli/operator-error.ts';
import { clackPrompts } from '../../../cli/terminal/process-io.ts';
import { colours, safeOutput, table } from '../../../cli/terminal/text.ts';
import { CLIENT_SECRET } from './support/operate.ts';

/** A terminal of two streams: what is typed, and everything that was drawn. */
function pseudoTerminal() {
  const input = new PassThrough();
  const output = new PassThrough();
  let drawn = '';
  output.on('data', (chunk: Buffer) => {
    drawn += chunk.toString('utf8');
  });
  return { input, prompts: clackPrompts({ input, output }), drawn: () => drawn };
}

describe('clackPrompts', () => {
  it('takes a secret without ever drawing it', async () => {
    const { input, prompts, drawn } = pseudoTerminal();
    const answer = prompts.secret('Client secret');
    for (const key of `${CLIENT_SECRET}\r`) input.write(key);
    expect(await answer).toBe(CLIENT_SECRET);
    expect(drawn()).toContain('Client secret');
    for (const part of [CLIENT_SECRET, 'CANARY', 'Secret0']) expect(drawn()).not.toContain(part);
  });

  it('asks again after an answer that cannot be', async () => {
    const { input, prompts, drawn } = pseudoTerminal();
    const answer = prompts.text('Scopes', (typed) => (typed === 'ab' ? undefined : 'Not that.'));
    for (const key of 'a\rb\r') input.write(key);
    expect(await answer).toBe('ab');
    expect(drawn()).toContain('Not that.');
  });

  it('takes Enter for no', async () => {
    const { input, prompts } = pseudoTerminal();
    const answer = prompts.confirm('Remove it?');
    input.write('\r');
    expect(await answer).toBe(false);
  });

  it('turns Ctrl-C into a cancelled command', async () => {
    const { input, prompts } = pseudoTerminal();
    const answer = prompts.secret('Client secret');
    input.write('\u0003');
    await expect(answer).rejects.toThrow(OperatorError);
    await expect(answer).rejects.toMatchObject({ exitCode: 130 });
  });
});

describe('colours', () => {
  let written = '';
  const write = (text: string) => {
    written = text;
  };
  const terminal = { isTTY: true, columns: 80, write, writeOut: async () => true };

  it('paints on a terminal only', () => {
    safeOutput(terminal).write(colours(terminal, {}).red('x'));
    expect(written).toBe('\u001B[31mx\u001B[39m');
    expect(colours({ ...terminal, isTTY: false }, {}).red('x')).toBe('x');
  });

  it('respects NO_COLOR', () => {
    expect(colours(terminal, { NO_COLOR: '1' }).red('x')).toBe('x');
  });
});

describe('table', () => {
  it('aligns columns, cuts nothing and leaves no blanks at the end', () => {
    expect(
      table(
        ['A', 'B'],
        [
          ['long value', 'x'],
          ['y', ''],
        ],
      ),
    ).toBe('A           B\nlong value  x\ny\n');
  });

  // Columns were as wide as a text has UTF-16 code units, so all to the right of such a cell were shifted.
  it.each([
    ['Chinese and Japanese', '客户东京', 8],
    ['full-width letters', 'ＡＢ', 4],
    ['an emoji', '👍', 2],
    ['an emoji of several code points', '👨‍👩‍👧', 2],
    ['a flag', '🇫🇷', 2],
    ['a letter with a combining accent', 'e\u0301', 1],
  ])('counts the cells that %s take', (_what, label, cells) => {
    const blanks = ' '.repeat(10 - cells + 2);
    const lines = table(
      ['LABEL', 'B'],
      [
        [label, 'x'],
        ['0123456789', 'y'],
      ],
    ).split('\n');
    expect(lines[1]).toBe(`${label}${blanks}x`);
    expect(lines[2]).toBe('0123456789  y');
  });
});
