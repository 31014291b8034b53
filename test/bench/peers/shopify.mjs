/**
 * `@shopify/shopify-api` beginning an OAuth flow. It does less: it trusts the shop's name by its shape instead of
 * looking it up, and keeps its state in a signed cookie instead of a table.
 */
import '@shopify/shopify-api/adapters/web-api';
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

export const handler = async (event) => {
  const shop = new URLSearchParams(event.rawQueryString).get('shop');
  const headers = { ...event.headers, 'user-agent': BROWSER };
  const rawRequest = new Request(`https://app.example/activate?shop=${shop}`, { headers });
  const response = await shopify.auth.begin({
    shop,
    callbackPath: '/callback',
    isOnline: false,
    rawRequest,
  });
  const location = response.headers.get('location');
  return { statusCode: response.status, headers: { location } };
};
