import { expect, it } from 'vitest';
import { createGateway } from '../../../local/gateway.ts';
import { listen } from '../../support/http-server.ts';
import { breakOff, ODD_REQUESTS, sendBytes } from '../../support/odd-requests.ts';

const handler = async () => ({ statusCode: 204 });
const ROUTES = { 'GET /activate': handler, 'GET /callback/{rest+}': handler };

it.each(ODD_REQUESTS)('the gateway lives on after %j', async (bytes) => {
  const url = await listen(createGateway(ROUTES));
  await sendBytes(url, bytes);
  expect((await fetch(`${url}/activate`)).status).toBe(204);
});

it('the gateway lives on after a client that breaks off', async () => {
  const url = await listen(createGateway(ROUTES));
  await breakOff(url, '/activate');
  expect((await fetch(`${url}/activate`)).status).toBe(204);
});
