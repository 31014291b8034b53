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
  } catch {
    return plainAnswer(result, options);
  }
}

/** What is left to say without any file: the code, and whom to ask. */
function plainAnswer({ code }: PageResult, { wantsJson, requestId }: AnswerOptions): Answer {
  const title = code.replaceAll('_', ' ');
  const next =
    'If you need help, give the people who run this App the result code and the request ID.';
  return {
    headers: {
      'content-language': 'en',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'content-type': wantsJson ? 'application/json' : 'text/plain; charset=utf-8',
    },
    body: wantsJson
      ? JSON.stringify({ code, title, next, requestId })
      : `${title}\n\n${next}\n\nResult code: ${code}\nRequest ID: ${requestId}\n`,
  };
}
