import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readableLine } from '../../../local/log-lines.ts';
import { print } from '../../../terminal/printable.ts';
import { anyText } from '../../support/any-text.ts';

/** Erases a terminal, and turns the rest of the line around. */
const HOSTILE = '\u009B2J\u202E';

/** Controls, separators and marks of writing direction; the line end is ours. */
const UNSAFE = /[^\P{Cc}\n]|[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;

describe('the terminal of a developer', () => {
  it('shows a line of the log on one line, whatever a PIM or an error put into it', () => {
    const entry = { pim: `https://pim.example${HOSTILE}`, missingScopes: 'a\nb', message: 'x' };
    expect(readableLine(JSON.stringify({ ...entry, Duration: 1 }))).toMatch(
      /x {2}1 ms {2}https:\/\/pim\.example\\u009b2J\\u202e {2}a\\u000ab$/,
    );
  });

  it('gets JSON that means the same, without an unsafe character', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const output = new PassThrough();
        print(output, `${JSON.stringify({ text: text + HOSTILE })}\n`);
        const printed = String(output.read());
        expect(printed).not.toMatch(UNSAFE);
        expect(JSON.parse(printed)).toEqual({ text: text + HOSTILE });
      }),
    );
  });
});
