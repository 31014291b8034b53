import { describe, expect, it } from 'vitest';
import type { PimRequestInit } from '../../../reader/index.ts';
import { httpServer } from '../../support/http-server.ts';
import { connectionError } from './support/connection-error.ts';
import { newWorld } from './support/reader-world.ts';

const BODY = '{"identifier":"a"}';
const JSON_TYPE = { 'content-type': 'application/json', authorization: 'Basic eDp5' };

/** Options whose members are getters of a prototype. */
class Options {
  readonly #body = BODY;
  get method() {
    return 'POST';
  }
  get headers() {
    return JSON_TYPE;
  }
  get body() {
    return this.#body;
  }
}

/** A connected PIM that answers with a status, 200 unless told otherwise. */
async function connected(status = 200) {
  const world = await newWorld();
  const pim = await httpServer((response) => response.writeHead(status).end());
  const token = await world.connect({ pim: pim.url });
  const connections = world.open();
  const call = (init?: PimRequestInit | Request | null) => connections.fetch(pim.url, '/api', init);
  return { call, received: pim.received, token };
}

const post = (more: RequestInit = {}): Request =>
  new Request('https://elsewhere.example/', {
    method: 'POST',
    body: BODY,
    headers: JSON_TYPE,
    ...more,
  });

describe('the options of connections.fetch', () => {
  // The members of a Request are getters of its prototype, and were left out: the PIM got a GET without a body.
  it.each<[string, () => PimRequestInit | Request]>([
    ['a Request', () => post()],
    ['an instance of a class', () => new Options()],
    ['a plain object', () => ({ method: 'POST', body: BODY, headers: JSON_TYPE })],
    ['Headers', () => ({ method: 'POST', body: BODY, headers: new Headers(JSON_TYPE) })],
    [
      'headers in pairs',
      () => ({ method: 'POST', body: BODY, headers: Object.entries(JSON_TYPE) }),
    ],
    [
      'a stream',
      () => ({
        method: 'POST',
        body: new Blob([BODY]).stream(),
        headers: JSON_TYPE,
        duplex: 'half',
      }),
    ],
  ])('may be or hold %s', async (_kind, init) => {
    const { call, received, token } = await connected();
    expect((await call(init())).status).toBe(200);
    expect(received).toMatchObject([
      {
        method: 'POST',
        path: '/api',
        body: BODY,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      },
    ]);
  });

  it.each([undefined, null, {}])('may be %s', async (init) => {
    const { call, received } = await connected();
    await call(init);
    expect(received).toMatchObject([{ method: 'GET', body: '' }]);
  });

  it('are refused when they are no object, instead of being taken for a GET', async () => {
    const { call, received } = await connected();
    // A caller without types may pass anything.
    await expect(call('POST' as PimRequestInit)).rejects.toThrow(TypeError);
    expect(received).toEqual([]);
  });

  it('count with the signal of a Request', async () => {
    const { call, received } = await connected();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(call(post({ signal }))).rejects.toThrow('enough');
    expect(received).toEqual([]);
  });

  it('are those of the moment of the call', async () => {
    const { call, received } = await connected();
    const headers = new Headers({ 'x-one': '1' });
    const init = { method: 'POST', body: BODY, headers };
    const answer = call(init);
    init.method = 'DELETE';
    headers.set('x-one', '2');
    await answer;
    expect(received).toMatchObject([{ method: 'POST', headers: { 'x-one': '1' } }]);
  });

  it('never lead to the body of a Request being sent twice', async () => {
    const { call, received } = await connected(429);
    expect((await connectionError(call(post()))).code).toBe('rate_limited');
    expect(received).toHaveLength(1);
    const used = post();
    await used.text();
    await expect(call(used)).rejects.toThrow(TypeError);
    expect(received).toHaveLength(1);
  });
});
