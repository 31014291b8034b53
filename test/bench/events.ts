import { BROWSER_KEY, CODE, STATES } from './fixture.ts';

/** An HTTP API event of payload version 2, as JSON. */
export function httpEvent(path: string, query: string, cookies?: readonly string[]): string {
  return JSON.stringify({
    version: '2.0',
    routeKey: `GET ${path}`,
    rawPath: path,
    rawQueryString: query,
    ...(cookies && { cookies }),
    headers: { accept: 'text/html,application/xhtml+xml', host: 'app.example' },
    requestContext: {
      requestId: 'request-1',
      stage: '$default',
      http: {
        method: 'GET',
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'bench',
      },
    },
    isBase64Encoded: false,
  });
}

/** "Connect", by a browser that was never here. */
export function activateEvent(pim: string): string {
  return httpEvent('/activate', new URLSearchParams({ pim_url: pim }).toString());
}

/** The PIM's redirect, of a user who went through the wizard or one who opens the App again. */
export function callbackEvent(way: keyof typeof STATES): string {
  const query = new URLSearchParams({ code: CODE, state: STATES[way] }).toString();
  return httpEvent('/callback', query, [
    `__Host-akeneo-app-browser-${BROWSER_KEY.slice(0, 8)}=${BROWSER_KEY}`,
  ]);
}
