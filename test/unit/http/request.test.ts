import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrowserKey } from '../../../functions/activation/flow.ts';
import {
  BROWSER_COOKIE_PREFIX,
  readBrowserKeys,
  readRequest,
  setBrowserKey,
} from '../../../functions/http/request.ts';
import { wellFormed } from '../../../functions/pim/malformed.ts';
import { anyText } from '../../support/any-text.ts';

function read(changes: Partial<APIGatewayProxyEventV2>) {
  const event = {
    rawPath: '/callback',
    rawQueryString: '',
    headers: {},
    requestContext: { requestId: 'r' },
    ...changes,
  };
  return readRequest(event as unknown as APIGatewayProxyEventV2);
}

const VALUE = 'k'.repeat(43);
const cookieOf = (value: string) => `${BROWSER_COOKIE_PREFIX}${value.slice(0, 8)}=${value}`;
const PAIR = cookieOf(VALUE);
const revealed = (keys: readonly BrowserKey[]) => keys.map((key) => key.reveal());
const base64url = fc.stringMatching(/^[\w-]{43}$/);

describe('readRequest', () => {
  it('sees repeated parameters, which a merged query hides', () => {
    const { parameters } = read({
      rawQueryString: 'pim_url=a&pim_url=b',
      queryStringParameters: { pim_url: 'a,b' },
    });
    expect(parameters.getAll('pim_url')).toEqual(['a', 'b']);
  });

  it('gives back every parameter as it was encoded', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText(), anyText())), (pairs) => {
        const written = new URLSearchParams(pairs);
        expect([...read({ rawQueryString: written.toString() }).parameters]).toEqual([...written]);
      }),
    );
  });

  it.each([
    ['application/json', true],
    ['application/json, */*', true],
    ['text/html,application/xhtml+xml,application/json;q=0.9', false],
    ['*/*', false],
    ['', false],
  ])('takes Accept %j as a wish for JSON: %s', (accept, wantsJson) => {
    expect(read({ headers: { accept } }).wantsJson).toBe(wantsJson);
  });

  // `trim` took these away, so a neighbouring subdomain could plant the cookie under a name without the prefix.
  it.each(['\u00A0', '\u2000', '\u2028', '\u3000', '\uFEFF', '\u000B', '\f'])(
    'takes a name that begins with %j for another name',
    (blank) => {
      expect(read({ cookies: [blank + PAIR] }).browserKeys).toEqual([]);
      expect(read({ headers: { cookie: `a=1;${blank}${PAIR}` } }).browserKeys).toEqual([]);
    },
  );

  it('reads the key from the cookies of the event, or from the header where there are none', () => {
    expect(revealed(read({ cookies: ['a=1', PAIR] }).browserKeys)).toEqual([VALUE]);
    expect(revealed(read({ headers: { cookie: `a=1; ${PAIR}` } }).browserKeys)).toEqual([VALUE]);
    expect(read({ cookies: [], headers: { cookie: PAIR } }).browserKeys).toEqual([]);
  });
});

describe('readRequest at a callback URL', () => {
  it('takes the id from the path, and none from the plain URL', () => {
    expect(read({ pathParameters: { rest: 'abc' } })).toMatchObject({
      callbackId: 'abc',
      depth: 1,
    });
    expect(read({})).toMatchObject({ callbackId: undefined, depth: 0 });
  });

  it.each([
    ['/callback/', '', undefined, 1],
    ['/callback/', undefined, undefined, 1],
    ['/callback/abc/', 'abc/', 'abc', 2],
    ['/callback/abc/', 'abc', 'abc', 2],
  ])('takes %s for the same without its slash, if the gateway has %j behind it', (...given) => {
    const [rawPath, rest, callbackId, depth] = given;
    const request = read({ rawPath, ...(rest !== undefined && { pathParameters: { rest } }) });
    expect(request).toMatchObject({ callbackId, depth });
  });
});

describe('the browser cookie', () => {
  it('is set for this host alone, and for the session', () => {
    const key = wellFormed(BrowserKey.parse(VALUE));
    const name = BROWSER_COOKIE_PREFIX + key.hash().slice(0, 8);
    expect(setBrowserKey(key)).toBe(`${name}=${VALUE}; Path=/; Secure; HttpOnly; SameSite=Lax`);
  });

  it('is found wherever it stands among others', () => {
    const others = fc.array(fc.string().filter((text) => !text.includes(BROWSER_COOKIE_PREFIX)));
    fc.assert(
      fc.property(others, base64url, others, (before, value, after) => {
        const cookies = [...before, cookieOf(value), ...after];
        expect(revealed(readBrowserKeys(cookies))).toEqual([value]);
      }),
    );
  });

  it('counts as absent when its value has another shape, whatever was sent', () => {
    fc.assert(
      fc.property(fc.array(anyText()), (values) => {
        const cookies = values.map((value) => `${BROWSER_COOKIE_PREFIX}kkkkkkkk=${value}`);
        for (const found of revealed(readBrowserKeys(cookies)))
          expect(found).toMatch(/^[\w-]{43}$/);
      }),
    );
  });

  it('is not taken from one whose name only begins like it', () => {
    const names = ['', 'kkkkkkk', 'kkkkkkkkk', 'kkkkkkk.'].map(
      (end) => BROWSER_COOKIE_PREFIX + end,
    );
    const cookies = names.map((name) => `${name}=${VALUE}`);
    expect(readBrowserKeys([...cookies, `x${PAIR}`])).toEqual([]);
  });

  it('is read up to eight times, so that no header makes a request expensive', () => {
    const values = Array.from({ length: 20 }, (_, index) => String(index).padStart(43, 'k'));
    expect(revealed(readBrowserKeys(values.map(cookieOf)))).toEqual(values.slice(0, 8));
  });
});
