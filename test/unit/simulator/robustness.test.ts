import { describe, expect, it } from 'vitest';
import { breakOff, ODD_REQUESTS, sendBytes } from '../../support/odd-requests.ts';
import { testPim } from './setup.ts';

const TOKEN = '/connect/apps/v1/oauth2/token';

describe('the simulated PIM', () => {
  it.each(ODD_REQUESTS)('lives on after %j', async (bytes) => {
    const { pim } = await testPim();
    await sendBytes(pim.url, bytes);
    expect((await fetch(`${pim.url}/api/rest/v1`)).status).toBe(200);
  });

  it.each([
    ['JSON', 'Content-Type: application/json\r\n'],
    ['a form', 'Content-Type: application/x-www-form-urlencoded\r\n'],
    ['multipart', 'Content-Type: multipart/form-data; boundary=x\r\n'],
  ])('lives on after a client that breaks off in %s', async (_what, headers) => {
    const { pim } = await testPim();
    await breakOff(pim.url, TOKEN, headers);
    expect((await fetch(`${pim.url}/api/rest/v1`)).status).toBe(200);
  });

  it.each([
    ['localhost:1', 200],
    ['LOCALHOST', 200],
    ['127.0.0.1:1', 200],
    ['[::1]:1', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['evil.example:localhost', 403],
    ['', 403],
  ])('answers a request for the host "%s" with %i', async (host, status) => {
    const { pim } = await testPim();
    const bytes = `GET /api/rest/v1 HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
    expect(await sendBytes(pim.url, bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('says to a name that was rebound where it is, and records no such request', async () => {
    const { pim } = await testPim();
    const answer = await sendBytes(pim.url, 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n');
    expect(answer).toContain(`The simulated PIM is at ${pim.url} and has no other name.`);
    expect(pim.requests).toEqual([]);
  });
});
