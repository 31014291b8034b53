import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '../../../functions/pages/choose-language.ts';

const OFFERED = ['en', 'de', 'es', 'fr', 'it', 'ja', 'nl', 'pt-BR'] as const;

describe('the language of an answer', () => {
  it.each([
    // As browsers send it.
    ['de', 'de'],
    ['fr-FR,fr;q=0.9,en-US;q=0.8,en;q=0.7', 'fr'],
    ['ja-JP', 'ja'],
    ['ja,en-US;q=0.9,en;q=0.8', 'ja'],
    ['pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7', 'pt-BR'],
    ['de-CH', 'de'],
    ['es-419,es;q=0.9', 'es'],
    ['en-GB,en;q=0.5', 'en'],
    // Weights, in whatever order.
    ['en;q=0.1, it;q=0.8, nl;q=0.9', 'nl'],
    ['fr;q=0.5,de;q=0.5', 'fr'],
    ['fr ; q=0.2 , es ; q=0.3', 'es'],
    ['fr;q=0.001,de;q=0', 'fr'],
    ['fr;Q=0.2,de;q=0.3', 'de'],
    // A range that is wanted more than another of its language counts as it is.
    ['en-US,de;q=0.9,en;q=0.8', 'en'],
    ['de-AT,en;q=0.95,de;q=0.9', 'de'],
    // The nearest of what is offered.
    ['pt', 'pt-BR'],
    ['pt-PT,en;q=0.5', 'pt-BR'],
    ['PT-br', 'pt-BR'],
    ['de-DE-1996-x-private', 'de'],
    ['zh-Hant-TW,zh;q=0.9,ja;q=0.3', 'ja'],
    ['zh-CN', 'en'],
    // Any language, and none.
    ['*', 'en'],
    ['fr;q=0.3,*;q=0.5', 'en'],
    ['*;q=0.1,fr', 'fr'],
    ['en;q=0,*', 'de'],
    ['en;q=0,de;q=0,*;q=0.5', 'es'],
    ['zh,*;q=0', 'en'],
    ['fr;q=0', 'en'],
    ['fr-CA,fr;q=0', 'en'],
    ['fr-CA,fr;q=0,de;q=0.1', 'de'],
    ['pt,pt-BR;q=0,es;q=0.5', 'es'],
    ['fr-CA;q=0,fr', 'fr'],
    // Junk.
    ['', 'en'],
    [' , ,, ', 'en'],
    [';q=1', 'en'],
    ['fr;q=', 'fr'],
    ['fr;q=no,de;q=0.1', 'de'],
    ['fr;q=-1,de', 'de'],
    ['d', 'en'],
    ['deutsch', 'en'],
    ['de_DE', 'en'],
    ['-', 'en'],
    ['de-', 'de'],
    ['../../etc/passwd', 'en'],
    ['__proto__,constructor', 'en'],
    ['\u0000\uFFFD,de', 'de'],
    // Long.
    [`${'zh,'.repeat(100)}de`, 'de'],
    [`${'zh,'.repeat(100_000)}de`, 'en'],
    [`de${'-x'.repeat(100_000)}`, 'de'],
    [`${'-'.repeat(100_000)}de`, 'en'],
  ])('is by %j: %s', (header, expected) => {
    expect(chooseLanguage(header, OFFERED)).toBe(expected);
  });

  it('is the default, where it is another one, if none is asked for', () => {
    expect(chooseLanguage('zh', ['nl', 'en'])).toBe('nl');
    expect(chooseLanguage('*', ['nl', 'en'])).toBe('nl');
    expect(chooseLanguage('en', ['nl', 'en'])).toBe('en');
  });

  it('is one of those that are offered, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (header) => {
        expect(OFFERED).toContain(chooseLanguage(header, OFFERED));
      }),
    );
  });
});
