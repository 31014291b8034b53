import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { browserCookies, keepCookies } from '../../../simulator/user/browser-session.ts';

/** What a browser sends to `to` after `from` set these cookies. */
function sent(from: string, cookies: string[], to: string): string | undefined {
  const jar = browserCookies();
  keepCookies(jar, cookies, from);
  return jar.getCookieStringSync(to) || undefined;
}

describe('cookie jar', () => {
  it('sends cookies back to their host, whatever the port', () => {
    expect(sent('http://localhost:1/', ['a=1', 'b=2'], 'http://localhost:2/')).toBe('a=1; b=2');
    expect(sent('http://one.localhost/', ['a=1'], 'http://localhost/')).toBeUndefined();
  });

  it('sends a cookie with Domain to the hosts below it', () => {
    const cookies = ['a=1; Domain=.example.com'];
    expect(sent('https://app.example.com/', cookies, 'https://pim.example.com/')).toBe('a=1');
    expect(sent('https://other.org/', cookies, 'https://example.com/')).toBeUndefined();
  });

  it.each([
    ['/app', '/app', 'a=1'],
    ['/app', '/app/page', 'a=1'],
    ['/app/', '/app/page', 'a=1'],
    ['/app', '/application', undefined],
  ])('keeps a cookie of path %s from %s or not', (path, to, header) => {
    expect(sent('http://localhost/', [`a=1; Path=${path}`], `http://localhost${to}`)).toBe(header);
  });

  it('takes the directory of the page when there is no path', () => {
    expect(sent('http://localhost/app/page', ['a=1'], 'http://localhost/app/other')).toBe('a=1');
    expect(sent('http://localhost/app/page', ['a=1'], 'http://localhost/')).toBeUndefined();
  });

  it('sends the longest path first, and the newest value', () => {
    const cookies = ['a=1; Path=/', 'b=2; Path=/app', 'a=3; Path=/'];
    expect(sent('http://localhost/', cookies, 'http://localhost/app')).toBe('b=2; a=3');
  });

  it.each([
    ['https://app.example.com/', 'a=1'],
    ['http://localhost:3000/', 'a=1'],
    ['http://app.localhost/', 'a=1'],
    ['http://127.0.0.1/', 'a=1'],
    ['http://app.example.com/', undefined],
  ])('trusts %s with Secure cookies or not', (url, header) => {
    expect(sent(url, ['a=1; Secure'], url)).toBe(header);
  });

  it('sends a Secure cookie over no open connection', () => {
    const header = sent('https://a.example/', ['a=1; Secure'], 'http://a.example/');
    expect(header).toBeUndefined();
  });

  it.each([
    ['__Host-a=1; Secure; Path=/', '__Host-a=1'],
    ['__Host-a=1; Path=/', undefined],
    ['__Host-a=1; Secure', undefined],
    ['__Host-a=1; Secure; Path=/app', undefined],
    ['__Host-a=1; Secure; Path=/; Domain=localhost', undefined],
    ['__Secure-a=1', undefined],
    ['__Secure-a=1; Secure; Path=/', '__Secure-a=1'],
    ['=1; Path=/', undefined],
  ])('keeps %s or not', (cookie, header) => {
    expect(sent('http://localhost/', [cookie], 'http://localhost/')).toBe(header);
  });

  it('forgets cookies when their time is over, Max-Age before Expires', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const jar = browserCookies();
    const url = 'http://localhost/';
    const past = 'Thu, 01 Jan 1970 00:00:00 GMT';
    const cookies = [`a=1; Max-Age=60; Expires=${past}`, `b=2; Expires=${past}`, 'c=3; Max-Age=0'];
    keepCookies(jar, cookies, url);
    vi.advanceTimersByTime(59_999);
    expect(jar.getCookieStringSync(url)).toBe('a=1');
    vi.advanceTimersByTime(1);
    expect(jar.getCookieStringSync(url)).toBe('');
  });

  it('tells HttpOnly, and keeps equal signs in values', () => {
    const jar = browserCookies();
    const url = 'http://localhost/';
    keepCookies(jar, ['a=b=c; HttpOnly; Path=/'], url);
    const kept = { value: 'b=c', httpOnly: true, hostOnly: true };
    expect(jar.getCookiesSync(url)).toMatchObject([kept]);
  });
});
