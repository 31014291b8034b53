/** Parameters as PHP, in which the PIM is written, reads and writes them. */
import type { PimContext } from './answers.ts';

/** A body whose content type is JSON, but which is not JSON. */
export class MalformedJsonError extends Error {
  override readonly name = 'MalformedJsonError';
}

/** A parameter as PHP reads it: the last one of several, `undefined` when there is none. */
export function parameter(parameters: URLSearchParams, name: string): string | undefined {
  return parameters.getAll(name).at(-1);
}

/** The parameters in the URL of a request. */
export function queryParameters(c: PimContext): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

/**
 * The parameters of a body: a form of either encoding, or JSON; none for any other content type. Values that are not text
 * count as absent.
 *
 * @throws {MalformedJsonError} when a JSON body cannot be parsed
 * @see docs/pim-contract.md §4.1
 */
export async function bodyParameters(c: PimContext): Promise<URLSearchParams> {
  const contentType = c.req.header('content-type') ?? '';
  if (/^application\/json\b/i.test(contentType)) return jsonParameters(await c.req.text());
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) {
    return new URLSearchParams(await c.req.text());
  }
  return /^multipart\/form-data\b/i.test(contentType)
    ? multipartParameters(c)
    : new URLSearchParams();
}

/** A malformed body has no parameters, and a file is none. */
async function multipartParameters(c: PimContext): Promise<URLSearchParams> {
  const parameters = new URLSearchParams();
  const form = await c.req.formData().catch(() => new FormData());
  for (const [name, value] of form) if (typeof value === 'string') parameters.append(name, value);
  return parameters;
}

function jsonParameters(body: string): URLSearchParams {
  const members = Object.entries(parsedObject(body));
  return new URLSearchParams(members.filter(([, value]) => typeof value === 'string'));
}

function parsedObject(body: string): object {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch (cause) {
    throw new MalformedJsonError('Invalid json message received', { cause });
  }
}

/**
 * Parameters as PHP's `http_build_query` writes them: a space as `+`, and everything else encoded
 * but letters, digits and `-_.`; parameters without a value are left out.
 *
 * @see docs/pim-contract.md §2.4
 */
export function buildQuery(parameters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.append(name, value);
  }
  return query.toString().replaceAll('*', '%2A');
}

/** Appends a query to a URL as the PIM does, by plain text: with `&` when there is a query already. */
export function appendQuery(url: string, query: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}
