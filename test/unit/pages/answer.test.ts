import { describe, expect, it } from 'vitest';
import { refused } from '../../../functions/activation/result.ts';
import { writeResponse } from '../../../functions/http/response.ts';
import { knownLanguages, offeredLanguages } from '../../../functions/pages/known-languages.ts';
import english from '../../../functions/pages/languages/en.ts';
import type { AnswerOptions } from '../../../functions/pages/write-answer.ts';

const REFUSED = refused('state_unknown');
const HTML: AnswerOptions = { wantsJson: false, depth: 0, requestId: 'request-7' };
const JSON_WANTED = { ...HTML, wantsJson: true };

describe.each(knownLanguages())('an answer in %s', (language) => {
  const asked = { acceptLanguage: language };

  it('says so to browsers, screen readers and caches', async () => {
    const { headers, body } = await writeResponse(REFUSED, { ...HTML, ...asked });
    expect(headers).toMatchObject({
      'content-language': language,
      vary: 'Accept, Accept-Language',
    });
    expect(body).toContain(`<html lang="${language}">`);
  });

  it('has the same heading and next step as a page and as JSON, and the same code in each language', async () => {
    const page = await writeResponse(REFUSED, { ...HTML, ...asked });
    const { headers, body } = await writeResponse(REFUSED, { ...JSON_WANTED, ...asked });
    expect(headers).toMatchObject({
      'content-language': language,
      vary: 'Accept, Accept-Language',
    });
    const { code, title, next } = JSON.parse(body ?? '') as Record<string, string>;
    expect(code).toBe('state_unknown');
    expect(page.body).toContain(`<h1>${title}</h1>`);
    expect(page.body).toContain(escaped(next ?? ''));
    const isEnglish = title === english.outcome.state_unknown.title;
    expect(isEnglish).toBe(language === 'en');
  });
});

describe('an answer', () => {
  it('is in the default language if the browser says nothing', async () => {
    const answers = [HTML, { ...HTML, languages: ['de', 'en'] as const }].map(async (options) => {
      const { headers } = await writeResponse(REFUSED, options);
      return headers?.['content-language'];
    });
    expect(await Promise.all(answers)).toEqual(['en', 'de']);
  });

  it('is in no language that is not offered', async () => {
    const options = { ...HTML, acceptLanguage: 'fr,en;q=0.1', languages: ['de', 'en'] as const };
    const { headers } = await writeResponse(REFUSED, options);
    expect(headers?.['content-language']).toBe('en');
  });

  it('is in English if the file of its language cannot be read', async () => {
    const { headers, body } = await writeResponse(REFUSED, { ...HTML, languages: ['tlh'] });
    expect(headers?.['content-language']).toBe('en');
    expect(body).toContain(`<h1>${english.outcome.state_unknown.title}</h1>`);
  });
});

describe('the languages that are offered', () => {
  it('are all of them, English first, unless something is chosen', () => {
    expect(offeredLanguages({})).toEqual(knownLanguages());
    expect(knownLanguages()[0]).toBe('en');
  });

  it.each([
    [{ languages: ['fr', 'de'] }, ['fr', 'de']],
    [{ languages: ['fr', 'en'] }, ['en', 'fr']],
    [{ languages: ['fr', 'en'], defaultLanguage: 'fr' }, ['fr', 'en']],
  ])('are those of %j, the default first', (choice, offered) => {
    expect(offeredLanguages(choice)).toEqual(offered);
  });

  it('begin with the default', () => {
    const [first, ...others] = offeredLanguages({ defaultLanguage: 'de' });
    expect(first).toBe('de');
    expect(new Set([first, ...others])).toEqual(new Set(knownLanguages()));
  });
});

function escaped(text: string): string {
  return text.replaceAll('"', '&quot;').replaceAll("'", '&#39;').replaceAll('>', '&gt;');
}
