import { importBeside } from '../import-beside.ts';
import type { Texts } from './language.ts';
import { contentSecurityPolicy, page } from './page.ts';
import type { Answer, AnswerOptions, PageResult } from './write-answer.ts';

/** Writes the page, or the same as JSON. */
export async function answer(result: PageResult, options: AnswerOptions): Promise<Answer> {
  const language = 'en';
  const texts = await load(language);
  const headers = { 'content-language': language };
  return options.wantsJson
    ? { headers: { ...headers, ...JSON_HEADERS }, body: json(result, options, texts) }
    : {
        headers: { ...headers, ...htmlHeaders() },
        body: page(result, { ...options, language, texts }),
      };
}

const JSON_HEADERS = { 'content-type': 'application/json' };

function htmlHeaders() {
  return {
    'content-security-policy': contentSecurityPolicy(),
    'content-type': 'text/html; charset=utf-8',
  };
}

function json({ code }: PageResult, { requestId }: AnswerOptions, { outcome }: Texts): string {
  return JSON.stringify({ code, ...outcome[code], requestId });
}

async function load(language: string): Promise<Texts> {
  const module = await importBeside<{ readonly default: Texts }>(
    `languages/${language}`,
    import.meta.url,
  );
  return module.default;
}
