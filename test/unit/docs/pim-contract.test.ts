import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { tokenRefusal } from '../../../functions/pim/rest-api-refusals.ts';

const PAGE = readFileSync(new URL('../../../docs/pim-contract.md', import.meta.url), 'utf8');

/** The messages that the page's table has for a status. */
function messagesOf(status: number): string[] {
  const rows = PAGE.matchAll(new RegExp(`^\\| ${status} +\\| \`([^\`]+)\``, 'gm'));
  return [...rows].map(([, message = '']) => message);
}

describe('docs/pim-contract.md', () => {
  // The page quoted only the second sentence of the first message, which alone would not be recognised.
  it('quotes the messages of a refused token as the code recognises them', () => {
    const refusals = messagesOf(401).map((message) => tokenRefusal(JSON.stringify({ message })));
    expect(refusals).toEqual(['disconnected', 'replaced', 'other']);
  });
});
