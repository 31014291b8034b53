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
export function answer(result: PageResult, options: AnswerOptions): Promise<Answer> {
  return options.wantsJson ? json(result, options) : html(result, options);
}

async function html(result: PageResult, options: AnswerOptions): Promise<Answer> {
  const branding = brandingOf(options);
  const location = failureLocation(result, { ...options, branding });
  if (location !== undefined) return { status: 303, headers: { location }, body: '' };
  const { language, texts } = await languageOf(options);
  return {
    headers: {
      'content-language': language,
      'content-security-policy': contentSecurityPolicy(branding),
      'content-type': 'text/html; charset=utf-8',
    },
    body: page(result, { ...options, branding, language, texts }),
  };
}

async function json({ code }: PageResult, options: AnswerOptions): Promise<Answer> {
  const { language, texts } = await languageOf(options);
  return {
    headers: { 'content-language': language, 'content-type': 'application/json' },
    body: JSON.stringify({ code, ...texts.outcome[code], requestId: options.requestId }),
  };
}

/** The face of the App, or none if its file cannot be read. */
function brandingOf({ branding, report }: AnswerOptions): Branding {
  try {
    return branding ?? writtenBranding();
  } catch (error) {
    report?.({ part: 'branding', error });
    return {};
  }
}

/** The reader's language, or English if its file cannot be read. */
async function languageOf(
  options: AnswerOptions,
): Promise<{ readonly language: string; readonly texts: Texts }> {
  const offered = options.languages ?? languagesBeside();
  const language = chooseLanguage(options.acceptLanguage ?? '', offered);
  try {
    return { language, texts: await textsOf(language) };
  } catch (error) {
    options.report?.({ part: 'language', language, error });
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

const writtenBranding = remembered(() => readBranding(process.env));
const languagesBeside = remembered(knownLanguages);

/** Reads once in the life of a process; what failed is read again. */
function remembered<T>(read: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    found ??= { value: read() };
    return found.value;
  };
}
