import { createHash } from 'node:crypto';
import type { Refused, Shown } from '../activation/result.ts';
import { importBeside } from '../import-beside.ts';
import type { Branding } from './branding.ts';
import type { OfferedLanguages } from './known-languages.ts';

/** A request that ends in a page, or in the same as JSON. */
export type PageResult = Shown | Refused;

/** What an answer needs of its request. */
export interface AnswerOptions {
  readonly wantsJson: boolean;
  /** How many levels the request's path lies below the endpoints' own. */
  readonly depth: number;
  /** Shown on the page, for the operator. */
  readonly requestId: string;
  /** As the browser sent it: which languages its user reads. @default the default language */
  readonly acceptLanguage?: string;
  /** Which languages pages may be in. @default all, English first */
  readonly languages?: OfferedLanguages | undefined;
  /** What the pages show of the App. @default what the stack has written beside the bundle */
  readonly branding?: Branding | undefined;
  /** Is told of each part that an answer has to do without. */
  readonly report?: (missing: MissingPart) => void;
}

/** What could not be read, or failed when it was used. */
export interface MissingPart {
  /** The page as a whole, its language, or the face of the App. */
  readonly part: 'page' | 'language' | 'branding';
  /** Which language. */
  readonly language?: string;
  readonly error: unknown;
}

/** The part of a response that pages and JSON answers have of their own. */
export interface Answer {
  /** @default that of the outcome */
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Writes the page, or the same as JSON. Pages and languages are files beside the bundle, so that no redirect loads them.
 * Whatever is wrong with them, there is an answer.
 */
export async function writeAnswer(result: PageResult, options: AnswerOptions): Promise<Answer> {
  try {
    const { answer } = await importBeside<typeof import('./answer.ts')>('answer', import.meta.url);
    return await answer(result, options);
  } catch (error) {
    options.report?.({ part: 'page', error });
    return plainAnswer(result, options);
  }
}

/**
 * What can be said without any file: the code, whom to ask, and the way back to a listed PIM. In English, and in few
 * bytes: every cold start reads it, and hardly anybody ever sees it.
 */
export function plainAnswer(result: PageResult, options: AnswerOptions): Answer {
  const { code } = result;
  const title = code.replaceAll('_', ' ');
  const next =
    'If you need help, give the people who run this App the result code and the request ID.';
  const { wantsJson, requestId } = options;
  return {
    headers: {
      'content-language': 'en',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${sha256(STYLE)}'; frame-ancestors 'none'`,
      'content-type': wantsJson ? 'application/json' : 'text/html; charset=utf-8',
    },
    body: wantsJson
      ? JSON.stringify({ code, title, next, requestId })
      : `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1><p>${next}</p>${wayBack(result)}<dl><dt>Result code<dd>${code}<dt>Request ID<dd>${escaped(requestId)}</dl></main></html>`,
  };
}

const STYLE =
  ':root{color-scheme:light dark;background:Canvas}body{max-width:34rem;margin:3rem auto;padding:0 1.25rem;font:1rem/1.55 system-ui;overflow-wrap:anywhere}h1::first-letter{text-transform:uppercase}';

/** A client id is only known of a PIM that is listed. Any other address is a stranger's. */
function wayBack({ context: { pim, clientId } }: PageResult): string {
  return pim && clientId !== undefined
    ? `<p><a href="${escaped(pim.at('/').href)}">Back to your PIM</a></p>`
    : '';
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
