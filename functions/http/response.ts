import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { withParameters } from '../activation/app-url.ts';
import { OUTCOMES } from '../activation/outcomes.ts';
import type { Connected, Result } from '../activation/result.ts';
import { type AnswerOptions, type PageResult, writeAnswer } from '../pages/write-answer.ts';
import { formatScope } from '../pim/scopes.ts';
import { setBrowserKey } from './request.ts';

/** An answer as an HTTP API takes it, of payload version 2. */
export type HttpResponse = APIGatewayProxyStructuredResultV2 & { readonly statusCode: number };

/**
 * On every answer: nothing is kept, nothing leaks through `Referer` (the callback's URL holds a code),
 * nothing is framed or sniffed.
 */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

/** Writes a result as an HTTP API response of payload version 2. */
export async function writeResponse(result: Result, options: AnswerOptions): Promise<HttpResponse> {
  switch (result.kind) {
    case 'redirect':
      return redirect(
        result.code,
        result.location,
        result.newBrowserKey && [setBrowserKey(result.newBrowserKey)],
      );
    case 'answered':
      return redirect(result.code, result.location);
    case 'connected':
      return redirect(result.code, destination(result));
    case 'shown':
    case 'refused':
      return answer(result, options);
  }
}

/**
 * An App is told which PIM it is, as the PIM tells it at each opening, and which rights are missing. It is a hint: whoever
 * makes up such an address is not found out by it. The page of the flow has the callback's own path, with another query,
 * so that it works under any stage or path.
 */
function destination({ appUrl, flowId, context: { pim, missingScopes } }: Connected): string {
  if (appUrl === undefined) return `?flow=${flowId}`;
  const missing = missingScopes?.length ? formatScope(missingScopes) : undefined;
  return withParameters(appUrl, { pim_url: pim?.toString(), missing_scopes: missing });
}

function redirect(code: Result['code'], location: string, cookies?: string[]): HttpResponse {
  return {
    statusCode: OUTCOMES[code].status,
    headers: { ...HEADERS, location },
    ...(cookies && { cookies }),
  };
}

/** What is asked for decides how and in which language an answer comes. */
const VARY = { vary: 'Accept, Accept-Language' };

async function answer(result: PageResult, options: AnswerOptions): Promise<HttpResponse> {
  const { status, headers, body } = await writeAnswer(result, options);
  return {
    statusCode: status ?? OUTCOMES[result.code].status,
    headers: { ...HEADERS, ...VARY, ...headers },
    body,
  };
}
