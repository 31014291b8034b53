import { describe, expect, it } from 'vitest';
import { isMalformed } from '../../../functions/pim/malformed.ts';
import { MAX_PIM_URL_LENGTH, PimUrl, type PimUrlProblem } from '../../../functions/pim/pim-url.ts';

const DEPLOYED = { dangerouslyAllowHttpOnLoopback: false };

const read = (raw: string): string => {
  const parsed = PimUrl.parse(raw, DEPLOYED);
  return isMalformed(parsed) ? `refused: ${parsed.problem}` : parsed.toString();
};

const addressOfLength = (length: number): string =>
  `https://pim.example/${'p'.repeat(length - 'https://pim.example/'.length)}`;

/** A host name whose labels are as long as they may be. */
const nameOfLength = (length: number): string =>
  `${`${'a'.repeat(63)}.`.repeat(4)}${'a'.repeat(63)}`.slice(-length).replace(/^\./, 'a');

describe('PimUrl.parse', () => {
  it.each<[string, string, PimUrlProblem]>([
    ['plain http', 'http://pim.example', 'not-https'],
    ['plain http on loopback', 'http://localhost:8080', 'not-https'],
    ['another scheme', 'ftp://pim.example', 'not-https'],
    ['a script', 'javascript://pim.example/%0aalert(1)', 'not-https'],
    ['a scheme that begins like https', 'httpsx://pim.example', 'not-https'],
    ['no slashes', 'https:pim.example', 'not-https'],
    ['one slash', 'https:/pim.example', 'not-https'],
    ['no scheme', 'pim.example', 'not-a-url'],
    ['a protocol-relative address', '//pim.example', 'not-a-url'],
    ['a path', '/pim', 'not-a-url'],
    ['nothing', '', 'not-a-url'],
    ['a scheme alone', 'https://', 'not-a-url'],
    ['a port too high', 'https://pim.example:65536', 'not-a-url'],
    ['an IPv4 address out of range', 'https://256.1.1.1', 'not-a-url'],
    ['a broken IPv6 address', 'https://[::g]', 'not-a-url'],
    ['a NUL in the host, percent-encoded', 'https://pim%00.example', 'not-a-url'],
    ['a full-width slash in the host', 'https://pim.example／evil.example', 'not-a-url'],
    ['a full-width at sign', 'https://good.example＠evil.example', 'not-a-url'],
    ['a percent-encoded at sign', 'https://good.example%40evil.example', 'not-a-url'],
    ['a user name', 'https://good.example@evil.example', 'credentials'],
    ['a user name and a password', 'https://user:pass@pim.example', 'credentials'],
    ['a password alone', 'https://:pass@pim.example', 'credentials'],
    ['an empty user name', 'https://@pim.example', 'credentials'],
    ['an empty user name and password', 'https://:@pim.example', 'credentials'],
    [
      'an at sign behind the address of another',
      'https://good.example:443@evil.example',
      'credentials',
    ],
    ['a query', 'https://pim.example/?a=b', 'query-or-fragment'],
    ['a bare question mark', 'https://pim.example?', 'query-or-fragment'],
    ['a fragment', 'https://pim.example/#a', 'query-or-fragment'],
    ['a bare hash', 'https://pim.example#', 'query-or-fragment'],
    ['a trailing dot', 'https://pim.example./', 'host'],
    ['an ideographic full stop at the end', 'https://pim.example。', 'host'],
    ['dots alone', 'https://..', 'host'],
    ['a command in its host', 'https://$(id).example', 'host'],
    ['a label of 64 characters', `https://${'a'.repeat(64)}.example`, 'host'],
    ['a name of 254 characters', `https://${nameOfLength(254)}`, 'host'],
    ['2,049 characters', addressOfLength(MAX_PIM_URL_LENGTH + 1), 'too-long'],
    [
      'a path that grows too long by encoding',
      `https://pim.example/${'é'.repeat(500)}`,
      'too-long',
    ],
  ])('refuses %s', (_case, raw, problem) => {
    expect(read(raw)).toBe(`refused: ${problem}`);
  });

  it('gives a broken A-label no second spelling, whether the platform refuses it or keeps it', () => {
    expect(['https://pim.xn--a', 'refused: not-a-url']).toContain(read('https://PIM.xn--A'));
  });

  it.each([
    ['an empty authority', 'https:///pim.example'],
    ['an empty authority and an empty user name', 'https:///@pim.example'],
    ['an empty authority and an empty password', 'https:////:@pim.example'],
  ])('refuses %s, which a URL parser repairs', (_case, raw) => {
    expect(read(raw)).toMatch(/^refused: /);
  });

  it.each([
    ['a blank before it', ' https://pim.example'],
    ['a blank after it', 'https://pim.example '],
    ['a blank in its path', 'https://pim.example/a b'],
    ['a tab in its scheme', 'ht\ttps://pim.example'],
    ['a line feed in its host', 'https://pim\n.example'],
    ['a carriage return at its end', 'https://pim.example\r'],
    ['a NUL', 'https://pim.example/\0'],
    ['a DEL', 'https://pim.example/\x7f'],
    ['a C1 control', 'https://pim.example/\x85'],
    ['a no-break space', 'https://pim.example/\u00a0'],
    ['a line separator', 'https://pim.example/\u2028'],
    ['a byte order mark', '\ufeffhttps://pim.example'],
    ['backslashes for slashes', 'https:\\\\pim.example'],
    ['a backslash behind a good host', 'https://good.example\\@evil.example'],
  ])('refuses an address with %s', (_case, raw) => {
    expect(read(raw)).toBe('refused: forbidden-character');
  });

  it('accepts labels of 63 characters and a name of 253', () => {
    const address = `https://${nameOfLength(253)}`;
    expect(read(address)).toBe(address);
  });

  it('accepts an address of 2,048 characters', () => {
    expect(read(addressOfLength(MAX_PIM_URL_LENGTH))).toHaveLength(MAX_PIM_URL_LENGTH);
  });
});
