import { SCOPES, TOKEN } from '../fixture.ts';
import { awsAnswer } from './aws.ts';

const TOKEN_PATH = '/connect/apps/v1/oauth2/token';
const GRANT = { access_token: TOKEN, token_type: 'bearer', scope: SCOPES };

/** What AWS or the PIM says to a request. */
export interface Answer {
  readonly status: number;
  /** JSON. */
  readonly text: string;
}

/**
 * @param name the request's `X-Amz-Target`, or its path if it has none.
 * @param pim the address of the PIM, which is our own.
 */
export function answerTo(name: string, body: string, pim: string): Answer {
  const content = name === TOKEN_PATH ? GRANT : awsAnswer(name, body, pim);
  return content
    ? { status: 200, text: JSON.stringify(content) }
    : { status: 400, text: JSON.stringify({ __type: 'UnknownOperationException' }) };
}
