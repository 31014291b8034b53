import { posix } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../../../reader/index.ts';
import { urlInPim } from '../../../reader/pim-request.ts';
import { pimUrl } from '../../support/pim-url.ts';

const BARE = pimUrl('https://pim.example');
const BELOW_A_PATH = pimUrl('https://pim.example:8443/tenant');

/** What the most permissive front end makes of a path: it decodes, drops parameters, then resolves dots. */
function decodedPath(pathname: string): string {
  const decoded = pathname
    .replaceAll(/%2f|%5c/gi, '/')
    .replaceAll(/%2e/gi, '.')
    .replaceAll(/%3b/gi, ';');
  return posix.normalize(decoded.replaceAll(/;[^/]*/g, ''));
}

describe('urlInPim', () => {
  it.each([
    ['/api/rest/v1/products', 'https://pim.example/api/rest/v1/products'],
    ['/api?search={"a":1}', 'https://pim.example/api?search={%22a%22:1}'],
    ['/a/../b', 'https://pim.example/b'],
    // What the global `fetch` encodes was refused with the message that it leads away.
    ['/api?search={"a":"b c"}', 'https://pim.example/api?search={%22a%22:%22b%20c%22}'],
    ['/api?search={"a":"b\\"c"}', 'https://pim.example/api?search={%22a%22:%22b\\%22c%22}'],
    ['/größe 42?a=\u00a0b', 'https://pim.example/gr%C3%B6%C3%9Fe%2042?a=%C2%A0b'],
    ['/a\u0000b\u007fc', 'https://pim.example/a%00b%7Fc'],
    [' /a\tb\r\n?c=d\ne ', 'https://pim.example/ab?c=de'],
    ['/..%2fadmin/..;/x', 'https://pim.example/..%2fadmin/..;/x'],
    ['/a//b', 'https://pim.example/a//b'],
    ['/@evil.example', 'https://pim.example/@evil.example'],
    ['/a:b@evil.example/', 'https://pim.example/a:b@evil.example/'],
  ])('leads %s into the PIM', (path, url) => {
    expect(urlInPim(BARE, path).href).toBe(url);
  });

  it('keeps the path of a PIM that lives below one', () => {
    expect(urlInPim(BELOW_A_PATH, '/api?page=2').href).toBe(
      'https://pim.example:8443/tenant/api?page=2',
    );
  });

  it.each([
    'https://evil.example/api',
    'https:/evil.example',
    '//evil.example/api',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '.evil.example',
    '@evil.example',
    ':443@evil.example',
    '/ \\evil.example',
    '/\u007f\\evil.example',
    '\u00a0//evil.example',
    'api/rest/v1',
    '',
    '?a=b',
  ])('refuses %j', (path) => {
    expect(() => urlInPim(BARE, path)).toThrow(ConnectionError);
  });

  it.each([
    ['https://evil.example/api', 'It is an absolute URL.'],
    ['api/rest/v1', 'It does not start with a slash.'],
    ['//evil.example', 'It starts with two slashes'],
    ['/\t/evil.example', 'It starts with two slashes'],
    ['/a\\b', 'It has a backslash before the query'],
    ['/../other', "Its `..` lead out of the PIM's own path."],
    ['/..%2fother', 'It has an encoded `..`'],
  ])('says which rule %j breaks', (path, rule) => {
    expect(() => urlInPim(BELOW_A_PATH, path)).toThrow(rule);
  });

  it.each(['/../other', '/%2e%2e/other', '/api/../../other', '/..', '/.%2E/other'])(
    'refuses %s, which climbs out of a PIM below a path',
    (path) => {
      expect(() => urlInPim(BELOW_A_PATH, path)).toThrow(/does not lead into/);
    },
  );

  // A front end that decodes slashes, or drops what follows a semicolon, would resolve these outside of the tenant.
  it.each([
    '/..%2f..%2fadmin',
    '/..%2F',
    '/..%5cadmin',
    '/%2e%2e%2fadmin',
    '/.%2e%5Cadmin',
    '/api%2f..%2f..%2fadmin',
    '/api%5c..',
    '/.%2f..%2fadmin',
    '/..;/admin',
    '/..;x=1/admin',
    '/%2e%2e;/admin',
    '/..%3b/admin',
    '/api/..;',
  ])('refuses %s, which climbs out once it is decoded', (path) => {
    expect(() => urlInPim(BELOW_A_PATH, path)).toThrow(/does not lead into/);
  });

  it.each([
    '/api/rest/v1/products/shoes%2Fred',
    '/api/rest/v1/products/%2Fshoes',
    '/api/rest/v1/products/size%5C42',
    '/api/rest/v1/products/..shoes%2F...',
    '/api/rest/v1/products/shoes..%2Fred',
    '/api/rest/v1/products/a;b',
    '/api?search=..%2f..%2fadmin',
    '/api?search=/..;/admin',
    '/api/rest/v1/products/.%2Fshoes',
  ])('sends %s as it is', (path) => {
    expect(urlInPim(BELOW_A_PATH, path).href).toBe(`https://pim.example:8443/tenant${path}`);
  });

  it('never leads anywhere else, whatever the path', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '..',
      '.',
      '@',
      ':',
      '?',
      '#',
      '%2e',
      '%2f',
      '%5C',
      ';',
      '%3b',
      '\t',
      ' ',
      '\u0000',
      'evil.example',
      'a',
      '//',
      'https:',
    );
    const paths = fc.oneof(
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.array(pieces, { maxLength: 8 }).map((parts) => `/${parts.join('')}`),
      fc.string(),
    );
    const leadsInto = (path: string): boolean => {
      try {
        const { origin, pathname } = urlInPim(BELOW_A_PATH, path);
        return (
          origin === 'https://pim.example:8443' &&
          `${decodedPath(pathname)}/`.startsWith('/tenant/')
        );
      } catch (error) {
        return error instanceof ConnectionError && error.code === 'path_not_of_pim';
      }
    };
    expect(fc.check(fc.property(paths, leadsInto), { numRuns: 2_000 })).toMatchObject({
      failed: false,
    });
  });
});
