import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { OUTCOMES } from '../activation/outcomes.ts';
import type { ActivateResult, CallbackResult, Connected } from '../activation/result.ts';
import { contentSecurityPolicy, page } from './page.ts';
import { setBrowserKey } from './request.ts';

/** How a request to either URL can end. */
export type Result = ActivateResult | CallbackResult;
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

/** What is needed of the request to write its answer. */
export interface ResponseOptions {
  readonly wantsJson: boolean;
  /** How many levels the request's path lies below the endpoints' own. */
  readonly depth: number;
  /** Shown on the page, for the operator. */
  readonly requestId: string;
}

/** Writes a result as an HTTP API response of payload version 2. */
export function writeResponse(result: Result, options: ResponseOptions): HttpResponse {
  switch (result.kind) {
    case 'redirect':
      return redirect(
        result.code,
        result.location,
        result.newBrowserKey && [setBrowserKey(result.newBrowserKey)],
      );
    case 'connected':
      return redirect(result.code, destination(result));
    case 'shown':
    case 'refused':
      return options.wantsJson ? json(result, options) : html(result, options);
  }
}

/** The page of the flow has the callback's own path, with another query, so that it works under any stage or path. */
function destination({ appUrl, flowId }: Connected): string {
  return appUrl ?? `?flow=${flowId}`;
}

function redirect(code: Result['code'], location: string, cookies?: string[]): HttpResponse {
  return {
    statusCode: OUTCOMES[code].status,
    headers: { ...HEADERS, location },
    ...(cookies && { cookies }),
  };
}

type PageResult = Extract<Result, { kind: 'shown' | 'refused' }>;

function json({ code }: PageResult, { requestId }: ResponseOptions): HttpResponse {
  const { status, title, next } = OUTCOMES[code];
  return {
    statusCode: status,
    headers: { ...HEADERS, 'content-type': 'application/json' },
    body: JSON.stringify({ code, title, next, requestId }),
  };
}

function html(result: PageResult, { requestId, depth }: ResponseOptions): HttpResponse {
  return {
    statusCode: OUTCOMES[result.code].status,
    headers: {
      ...HEADERS,
      'content-security-policy': contentSecurityPolicy(),
      'content-type': 'text/html; charset=utf-8',
    },
    body: page(result, requestId, depth),
  };
}
