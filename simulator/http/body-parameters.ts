import type { PimRequest } from './pim-request.ts';

/** A body whose content type is JSON, but which is not JSON. */
export class MalformedJsonError extends Error {
  override readonly name = 'MalformedJsonError';
}

/**
 * The parameters of a body, form-encoded or JSON; none for any other content type. Values that are
 * not text count as absent.
 *
 * @throws {MalformedJsonError} when a JSON body cannot be parsed
 * @see docs/pim-contract.md §4.1
 */
export function bodyParameters(request: PimRequest): URLSearchParams {
  const contentType = request.headers['content-type'] ?? '';
  if (/^application\/json\b/i.test(contentType)) return jsonParameters(request.body);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return new URLSearchParams(request.body);
  }
  return new URLSearchParams();
}

function jsonParameters(body: string): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(parsedObject(body))) {
    if (typeof value === 'string') parameters.append(name, value);
  }
  return parameters;
}

function parsedObject(body: string): object {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (cause) {
    throw new MalformedJsonError('Invalid json message received', { cause });
  }
}
