import { describe, expect, it } from 'vitest';
import { textsOf } from '../../../functions/pages/answer.ts';
import { knownLanguages } from '../../../functions/pages/known-languages.ts';

/** A browser may break a line at a plain blank, and so leave a mark alone on the next one. */
const FRENCH_MARK_THAT_MAY_BREAK = /(?<!\u202f)[?!;:»](?!\/\/)|«(?!\u202f)/;

/** Every text of a language. */
async function textsIn(language: string): Promise<readonly string[]> {
  const texts: string[] = [];
  JSON.stringify(await textsOf(language), (_key, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts;
}

describe('a text', () => {
  it.each(knownLanguages())('has the quotation marks of a printed text in %s', async (language) => {
    expect((await textsIn(language)).filter((text) => /["']/.test(text))).toEqual([]);
  });

  it('keeps its French marks on one line with their words', async () => {
    const texts = await textsIn('fr');
    expect(texts.filter((text) => FRENCH_MARK_THAT_MAY_BREAK.test(text))).toEqual([]);
  });
});
