/**
 * The PIM that a development stage may have, so that `npx akeneo-app smoke` can connect one without anybody's help. It
 * keeps nothing: secret and token follow from the client id, and the scopes travel in the code. So whoever knows the
 * client id knows both; they open nothing, as this PIM holds nothing.
 */
import { createHash } from 'node:crypto';

/** What is read of a request to it. */
export interface SimulatedPimRequest {
  readonly method: string;
  readonly path: string;
  /** Of the query, or of the form in the body of a `POST`. */
  readonly parameters: URLSearchParams;
  readonly authorization: string;
}

/** What it answers. */
export interface SimulatedPimAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The client secret that belongs to a client id. */
export function simulatedSecret(clientId: string): string {
  return textOf('secret', clientId);
}

/** The access token that a client id gets for its scopes: another one for other scopes, as in a real PIM. */
export function simulatedToken(clientId: string, scope: string): string {
  return textOf('token', clientId, scope);
}

/** 86 characters, as many as a PIM's own secrets and tokens have. */
function textOf(...parts: readonly string[]): string {
  return createHash('sha512').update(JSON.stringify(parts)).digest('base64url');
}

/**
 * Answers as a PIM does in which everybody agrees at once.
 *
 * @param callbackUrl of the App; the App has the client id for the last part of its callback URL. So a browser is sent
 * to the App and nowhere else, whatever it is asked for.
 * @see docs/pim-contract.md §2, §4 and §6
 */
export function answerAsPim(request: SimulatedPimRequest, callbackUrl: string): SimulatedPimAnswer {
  switch (`${request.method} ${request.path}`) {
    case 'GET /connect/apps/v1/authorize':
      return authorize(request.parameters, callbackUrl);
    case 'POST /connect/apps/v1/oauth2/token':
      return exchange(request.parameters);
    case 'GET /api/rest/v1/system-information':
      return showSystem(request.authorization);
    default:
      return json(404, { code: 404, message: 'Not Found' });
  }
}

function authorize(query: URLSearchParams, callbackUrl: string): SimulatedPimAnswer {
  const code = Buffer.from(query.get('scope') ?? '').toString('base64url');
  const answer = new URLSearchParams({ code, state: query.get('state') ?? '' });
  const clientId = encodeURIComponent(query.get('client_id') ?? '');
  return {
    statusCode: 302,
    headers: { location: `${callbackUrl}/${clientId}?${answer.toString()}` },
  };
}

function exchange(form: URLSearchParams): SimulatedPimAnswer {
  const clientId = form.get('client_id') ?? '';
  const proof = `${form.get('code_identifier') ?? ''}${simulatedSecret(clientId)}`;
  if (form.get('code_challenge') !== createHash('sha256').update(proof).digest('hex'))
    return json(400, { error: 'invalid_client' });
  const scope = Buffer.from(form.get('code') ?? '', 'base64url').toString();
  return json(200, { access_token: simulatedToken(clientId, scope), token_type: 'bearer', scope });
}

function showSystem(authorization: string): SimulatedPimAnswer {
  return /^Bearer [\w-]{86}$/.test(authorization)
    ? json(200, { version: 'simulated', edition: 'CE' })
    : json(401, { code: 401, message: 'Authentication is required' });
}

function json(statusCode: number, body: object): SimulatedPimAnswer {
  const headers = { 'content-type': 'application/json' };
  return { statusCode, headers, body: JSON.stringify(body) };
}
