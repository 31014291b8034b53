import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Handler } from '../functions/http/endpoint.ts';
import type { HttpResponse } from '../functions/http/response.ts';
import { isForLocalhost } from '../simulator/http/localhost.ts';

const PREFIX = '__Host-';

/**
 * Lets an endpoint be used from Safari on this machine. Safari keeps no `Secure` cookie of `http://localhost`, so it alone
 * gets the cookie without `Secure`, and without the prefix that requires it. The endpoint itself sees and sets the strict
 * cookie always: only the local run has this, and no deployed function.
 *
 * Such a cookie could be planted by another server of `localhost`, so nothing of it holds for other browsers, for other
 * hosts, or behind a proxy or tunnel, which may name `localhost` for a browser that is elsewhere.
 *
 * @see {@link https://bugs.webkit.org/show_bug.cgi?id=232088 WebKit bug 232088}
 */
export function withSafariCookies<Event extends APIGatewayProxyEventV2>(
  handler: Handler<Event>,
): Handler<Event> {
  return async (event, context) => {
    if (!isSafariOnLoopback(event)) return handler(event, context);
    const cookies = event.cookies?.map(strict);
    return relaxed(await handler({ ...event, ...(cookies && { cookies }) }, context));
  };
}

/** As Safari and others of plain WebKit end their `User-Agent`; Chrome, Edge and Firefox add words to it on every system. */
const SAFARI = /\(KHTML, like Gecko\) Version\/[\d.]+ (Mobile\/\w+ )?Safari\/[\d.]+$/;

const FORWARDED = /^(x-)?forwarded\b/;

function isSafariOnLoopback({ headers }: APIGatewayProxyEventV2): boolean {
  return (
    SAFARI.test(headers['user-agent'] ?? '') &&
    isForLocalhost({ headers }) &&
    !Object.keys(headers).some((name) => FORWARDED.test(name))
  );
}

/** A cookie with the name that the endpoint knows it by. */
function strict(cookie: string): string {
  return cookie.startsWith(PREFIX) ? cookie : PREFIX + cookie;
}

function relaxed({ cookies, ...response }: HttpResponse): HttpResponse {
  if (!cookies) return response;
  const relax = (cookie: string) => cookie.replace(PREFIX, '').replace('; Secure', '');
  return { ...response, cookies: cookies.map(relax) };
}
