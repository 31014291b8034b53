import type { ServerResponse } from 'node:http';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** An answer of API Gateway itself: JSON with a message. */
export function message(statusCode: number, text: string): APIGatewayProxyStructuredResultV2 {
  return jsonAnswer(statusCode, JSON.stringify({ message: text }));
}

/** What API Gateway says of everything that goes wrong in a function. */
export const INTERNAL_ERROR = message(500, 'Internal Server Error');

/**
 * The answer that a handler's result stands for. One without `statusCode` is the body of a 200, as JSON; none at
 * all is an error.
 *
 * @see {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html#http-api-develop-integrations-lambda.v2 Response of format 2.0}
 */
export function answerOf(result: unknown): APIGatewayProxyStructuredResultV2 {
  if (result === undefined || result === null) return INTERNAL_ERROR;
  if (isStructured(result)) return result;
  return jsonAnswer(200, typeof result === 'string' ? result : JSON.stringify(result));
}

/** Sends an answer, or a 500 without details in place of one that cannot be sent. */
export function send(response: ServerResponse, answer: APIGatewayProxyStructuredResultV2): void {
  try {
    write(response, answer);
  } catch {
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    write(response, INTERNAL_ERROR);
  }
}

function write(response: ServerResponse, answer: APIGatewayProxyStructuredResultV2): void {
  const { statusCode = 200, headers = {}, cookies, body = '', isBase64Encoded } = answer;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  if (cookies) response.setHeader('set-cookie', cookies);
  response.statusCode = statusCode;
  response.end(isBase64Encoded ? Buffer.from(body, 'base64') : body);
}

function isStructured(result: unknown): result is APIGatewayProxyStructuredResultV2 {
  return typeof result === 'object' && result !== null && 'statusCode' in result;
}

function jsonAnswer(statusCode: number, body: string): APIGatewayProxyStructuredResultV2 {
  return { statusCode, headers: { 'content-type': 'application/json' }, body };
}
