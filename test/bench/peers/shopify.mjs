/**
 * `@shopify/shopify-api` beginning an OAuth flow, with its adapter for Node; the one for web standards makes a
 * `Request`, which loads undici. It does less: it trusts the shop's name by its shape instead of looking it up, and
 * keeps its state in a signed cookie instead of a table.
 */
import '@shopify/shopify-api/adapters/node';
import { ApiVersion, shopifyApi } from '@shopify/shopify-api';

const shopify = shopifyApi({
  apiKey: 'key',
  apiSecretKey: 'secret',
  scopes: ['read_products', 'write_products'],
  hostName: 'app.example',
  apiVersion: Object.values(ApiVersion).at(-2),
  isEmbeddedApp: false,
  logger: { log: () => undefined },
});

/** Robots are turned away, and the library knows them by this. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** As much of Node's `IncomingMessage` as the adapter reads. */
function requestOf({ rawPath, rawQueryString, headers }) {
  const url = `${rawPath}?${rawQueryString}`;
  return { method: 'GET', url, headers: { ...headers, 'user-agent': BROWSER } };
}

/** As much of Node's `ServerResponse` as the adapter uses. */
function emptyResponse() {
  const headers = {};
  return {
    statusCode: 200,
    setHeader: (name, value) => {
      headers[name.toLowerCase()] = value;
    },
    getHeaders: () => headers,
    end: () => undefined,
  };
}

export const handler = async (event) => {
  const rawResponse = emptyResponse();
  await shopify.auth.begin({
    shop: new URLSearchParams(event.rawQueryString).get('shop'),
    callbackPath: '/callback',
    isOnline: false,
    rawRequest: requestOf(event),
    rawResponse,
  });
  const { location, 'set-cookie': cookies } = rawResponse.getHeaders();
  return { statusCode: rawResponse.statusCode, headers: { location }, cookies };
};
