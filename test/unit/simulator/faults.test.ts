import { describe, expect, it } from 'vitest';
import {
  authorizeUrl,
  bearer,
  getResource,
  obtainCode,
  obtainToken,
  postToken,
  type TestPim,
  testPim,
  tokenForm,
} from './setup.ts';

async function withForm(): Promise<{ test: TestPim; form: Record<string, string> }> {
  const test = await testPim();
  return { test, form: tokenForm(test.app, await obtainCode(test)) };
}

function resetError(): object {
  return expect.objectContaining({ cause: expect.objectContaining({ code: 'ECONNRESET' }) });
}

describe('fault', () => {
  it('reset breaks the connection and uses nothing up', async () => {
    const { test, form } = await withForm();
    test.pim.orderFault({ at: 'token', kind: 'reset' });
    await expect(postToken(test.pim, form)).rejects.toEqual(resetError());
    expect((await postToken(test.pim, form)).status).toBe(200);
  });

  it('slow lets a client give up, and uses nothing up then', async () => {
    const { test, form } = await withForm();
    test.pim.orderFault({ at: 'token', kind: 'slow', ms: 60_000 });
    const hangUp = new AbortController();
    const impatient = fetch(`${test.pim.url}/connect/apps/v1/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
      signal: hangUp.signal,
    });
    await expect.poll(() => test.pim.requests.at(-1)?.path).toContain('/oauth2/token');
    hangUp.abort();
    await expect(impatient).rejects.toThrow(/aborted/);
    expect((await postToken(test.pim, form)).status).toBe(200);
  });

  it('slow answers in the end', async () => {
    const { test, form } = await withForm();
    test.pim.orderFault({ at: 'token', kind: 'slow', ms: 1 });
    expect((await postToken(test.pim, form)).status).toBe(200);
  });

  it('status 429 speaks as the PIM does and says when to come back', async () => {
    const test = await testPim();
    const { access_token } = await obtainToken(test);
    test.pim.orderFault({ at: 'api', kind: 'status', status: 429, retryAfter: '3' });
    const response = await getResource(test.pim, 'products', bearer(access_token));
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await response.json()).toEqual({
      code: 429,
      message: 'You have exceeded the limit of API requests per second.',
    });
  });

  it('status 503 strikes as often as ordered, and only where ordered', async () => {
    const { test, form } = await withForm();
    test.pim.orderFault({ at: 'token', kind: 'status', status: 503, times: 2 });
    expect(await test.user.authorize(authorizeUrl(test))).toMatchObject({ kind: 'callback' });
    const answers = [];
    for (let attempt = 0; attempt < 3; attempt += 1) answers.push(await postToken(test.pim, form));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
    expect(answers[0]?.headers.get('content-type')).toContain('text/html');
  });

  it('strikes authorize and scopes/update too', async () => {
    const test = await testPim();
    test.pim.orderFault({ at: 'authorize', kind: 'status', status: 500 });
    test.pim.orderFault({ at: 'scopes', kind: 'status', status: 502 });
    expect(await test.user.authorize(authorizeUrl(test))).toEqual({ kind: 'refused', status: 500 });
    const url = `${test.pim.url}/connect/apps/v1/scopes/update`;
    expect((await fetch(url, { method: 'POST' })).status).toBe(502);
  });

  it('html is a login page with status 200', async () => {
    const { test, form } = await withForm();
    test.pim.orderFault({ at: 'token', kind: 'html' });
    const response = await postToken(test.pim, form);
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  it('huge-body looks like JSON and is larger than 64 KiB', async () => {
    const { test, form } = await withForm();
    test.pim.orderFault({ at: 'token', kind: 'huge-body' });
    const response = await postToken(test.pim, form);
    expect(response.headers.get('content-length')).toBeNull();
    const body = await response.text();
    expect(body.length).toBeGreaterThan(2 ** 16);
    expect(JSON.parse(body)).toMatchObject({ token_type: 'bearer' });
  });

  it.each([
    [undefined, '{"access_token":'],
    ['[]', '[]'],
  ])('wrong-json %s is sent as JSON', async (body, sent) => {
    const { test, form } = await withForm();
    const fault = { at: 'token', kind: 'wrong-json' } as const;
    test.pim.orderFault(body === undefined ? fault : { ...fault, body });
    const response = await postToken(test.pim, form);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe(sent);
  });

  it('expired-code ages the code that the request brings', async () => {
    const { test, form } = await withForm();
    test.pim.orderFault({ at: 'token', kind: 'expired-code' });
    expect(await (await postToken(test.pim, form)).json()).toEqual({
      error: 'invalid_grant',
      error_description: 'Code has expired',
    });
    expect(await obtainToken(test)).toHaveProperty('access_token');
  });

  it('is forgotten when the test clears what is left', async () => {
    const { test, form } = await withForm();
    test.pim.orderFault({ at: 'token', kind: 'reset', times: 5 });
    test.pim.clearFaults();
    expect((await postToken(test.pim, form)).status).toBe(200);
  });

  it('answer-lost uses the code up, and a new code brings the same token', async () => {
    const tokens = ['FIRST', 'SECOND'];
    const test = await testPim({ accessToken: () => tokens.shift() ?? '' });
    const form = tokenForm(test.app, await obtainCode(test));
    test.pim.orderFault({ at: 'token', kind: 'answer-lost' });
    await expect(postToken(test.pim, form)).rejects.toEqual(resetError());
    expect(await (await postToken(test.pim, form)).json()).toMatchObject({
      error: 'invalid_grant',
    });
    expect((await obtainToken(test)).access_token).toBe('FIRST');
  });
});
