import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMalformed } from '../../../functions/pim/malformed.ts';
import { PimUrl } from '../../../functions/pim/pim-url.ts';
import { anyText } from '../../support/any-text.ts';

const POLICY = { dangerouslyAllowHttpOnLoopback: true };

/** With anything in its path, its query and its fragment, encoded. */
const wellFormedAddress = fc
  .tuple(fc.constantFrom('https', 'http'), fc.webAuthority(), fc.array(anyText(), { maxLength: 3 }))
  .map(([scheme, authority, texts]) => {
    const [path = '', ...more] = texts.map(encodeURIComponent);
    return `${scheme}://${authority}/${path}${more.length > 0 ? `?${more.join('#')}` : ''}`;
  });

/** Addresses, near-addresses and junk: pieces that parsers disagree on, in any order. */
const rawAddress = fc.oneof(
  anyText({ maxLength: 60 }),
  wellFormedAddress,
  fc
    .array(
      fc.constantFrom(
        'https:',
        'http:',
        'HTTPS:',
        '//',
        '/',
        '\\',
        '@',
        ':',
        '?',
        '#',
        '.',
        '。',
        '%2e',
        '%40',
        'pim',
        'ÉÀ',
        'localhost',
        '127.1',
        '[::1]',
        'example.com',
        '443',
        '8443',
        ' ',
        '\t',
        '\0',
        '..',
        '%00',
        '\ud800',
        '＠',
        '／',
      ),
      { maxLength: 9 },
    )
    .map((parts) => `https://${parts.join('')}`.slice(parts[0]?.startsWith('http') ? 8 : 0)),
);

const accepted = (raw: string): PimUrl | undefined => {
  const parsed = PimUrl.parse(raw, POLICY);
  return isMalformed(parsed) ? undefined : parsed;
};

/** A host name of whole LDH labels with a path, in lower case. */
const validPim = fc.record({
  host: fc.domain().map((host) => host.toLowerCase()),
  path: fc.constantFrom('', '/tenant', '/a/B/c', '/%C3%A9'),
});

describe('PimUrl.parse', () => {
  it('never throws', () => {
    fc.assert(
      fc.property(rawAddress, (raw) => {
        const parsed = PimUrl.parse(raw, POLICY);
        expect(isMalformed(parsed) ? parsed.problem : parsed.toString()).toBeTruthy();
      }),
    );
  });

  it('is idempotent: its text parses to the same text', () => {
    fc.assert(
      fc.property(rawAddress, (raw) => {
        const pim = accepted(raw);
        fc.pre(pim !== undefined);
        expect(accepted(pim.toString())?.toString()).toBe(pim.toString());
      }),
    );
  });

  it('accepts nothing but scheme, host, port and path', () => {
    fc.assert(
      fc.property(rawAddress, (raw) => {
        const text = accepted(raw)?.toString();
        fc.pre(text !== undefined);
        const url = new URL(text);
        expect(text).toBe(url.origin + url.pathname.replace(/\/+$/, ''));
        expect([url.username, url.password, url.search, url.hash].join('')).toBe('');
        expect(text).not.toMatch(/[@?#\\\s]/.test(url.pathname) ? /[?#\\\s]/ : /[@?#\\\s]/);
      }),
    );
  });

  it('means the host that a browser would open', () => {
    fc.assert(
      fc.property(rawAddress, (raw) => {
        const pim = accepted(raw);
        fc.pre(pim !== undefined);
        expect(pim.hostname).toBe(new URL(raw).hostname);
      }),
    );
  });

  it('gives one key to every spelling of an address', () => {
    const spelling = fc.record({
      upper: fc.boolean(),
      port: fc.constantFrom('', ':', ':443', ':0443'),
      slashes: fc.constantFrom('', '/', '//'),
    });
    fc.assert(
      fc.property(validPim, spelling, ({ host, path }, { upper, port, slashes }) => {
        const authority = upper ? `HTTPS://${host.toUpperCase()}` : `https://${host}`;
        const raw = authority + port + path + slashes;
        expect(accepted(raw)?.toString()).toBe(`https://${host}${path}`);
      }),
    );
  });

  it('gives different keys to different hosts, ports and paths', () => {
    const address = fc
      .tuple(
        fc.constantFrom('a.example', 'b.example'),
        fc.constantFrom('', ':8443'),
        fc.constantFrom('', '/p', '/P'),
      )
      .map((parts) => `https://${parts.join('')}`);
    fc.assert(
      fc.property(address, address, (one, other) => {
        expect(accepted(one)?.toString() === accepted(other)?.toString()).toBe(one === other);
      }),
    );
  });
});
