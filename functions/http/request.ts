import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { BrowserKey } from '../activation/keys.ts';
import { readBrowserKey } from './browser-cookie.ts';

/** What the flow reads of an HTTP request. */
export interface HttpRequest {
  readonly parameters: URLSearchParams;
  readonly browserKey: BrowserKey | undefined;
  /** Whether the answer is for a program. */
  readonly wantsJson: boolean;
  /** The gateway's number for this request; it is on the page and in the log. */
  readonly requestId: string;
}

/**
 * Reads an HTTP API event of payload version 2.
 *
 * The query comes from `rawQueryString`, because `queryStringParameters` joins repeated parameters
 * with commas and so hides them.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html Payload format 2.0}
 */
export function readRequest(event: APIGatewayProxyEventV2): HttpRequest {
  return {
    parameters: new URLSearchParams(event.rawQueryString),
    browserKey: readBrowserKey(cookiesOf(event)),
    wantsJson: prefersJson(event.headers['accept'] ?? ''),
    requestId: event.requestContext.requestId,
  };
}

/** API Gateway sends cookies as an array of their own; other hosts of the same payload leave the header. */
function cookiesOf(event: APIGatewayProxyEventV2): readonly string[] {
  return event.cookies ?? (event.headers['cookie'] ?? '').split(';');
}

/** Browsers name `text/html` first; whoever asks for JSON alone is a program. */
function prefersJson(accept: string): boolean {
  return /\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept);
}
