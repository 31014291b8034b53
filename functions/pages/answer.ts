import { importBeside } from '../import-beside.ts';
import { type Branding, readBranding } from './branding.ts';
import { chooseLanguage } from './choose-language.ts';
import { ENGLISH, knownLanguages } from './known-languages.ts';
import type { Texts } from './language.ts';
import { page } from './page.ts';
import { failureLocation } from './steps.ts';
import { contentSecurityPolicy } from './style.ts';
import type { Answer, AnswerOptions, PageResult } from './write-answer.ts';

/** Writes the page, or the same as JSON, or sends the browser to the App's own page of failures. */
export async function answer(result: PageResult, options: AnswerOptions): Promise<Answer> {
  const branding = options.branding ?? readBranding(process.env);
  const location = options.wantsJson
    ? undefined
    : failureLocation(result, { ...options, branding });
  if (location !== undefined) return { status: 303, headers: { location }, body: '' };
  const offered = options.languages ?? knownLanguages();
  const { language, texts } = await load(chooseLanguage(options.acceptLanguage ?? '', offered));
  const headers = { 'content-language': language };
  return options.wantsJson
    ? { headers: { ...headers, ...JSON_HEADERS }, body: json(result, options, texts) }
    : {
        headers: { ...headers, ...htmlHeaders(branding) },
        body: page(result, { ...options, branding, language, texts }),
      };
}

const JSON_HEADERS = { 'content-type': 'application/json' };

function htmlHeaders(branding: Branding) {
  return {
    'content-security-policy': contentSecurityPolicy(branding),
    'content-type': 'text/html; charset=utf-8',
  };
}

function json({ code }: PageResult, { requestId }: AnswerOptions, { outcome }: Texts): string {
  return JSON.stringify({ code, ...outcome[code], requestId });
}

/** A language, or English if its file cannot be read. */
async function load(language: string): Promise<{ language: string; texts: Texts }> {
  try {
    return { language, texts: await textsOf(language) };
  } catch {
    return { language: ENGLISH, texts: await textsOf(ENGLISH) };
  }
}

/** The texts of a language, from its file. @throws {Error} when there is none. */
export async function textsOf(language: string): Promise<Texts> {
  const module = await importBeside<{ readonly default: Texts }>(
    `languages/${language}`,
    import.meta.url,
  );
  return module.default;
}
