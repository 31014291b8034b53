import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refused } from '../../../functions/activation/result.ts';
import { contentSecurityPolicy, html, page } from '../../../functions/http/page.ts';
import { writeResponse } from '../../../functions/http/response.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { anyText } from '../../support/any-text.ts';

const OPTIONS = { wantsJson: false, depth: 0, requestId: 'request-7' };

describe('a page', () => {
  it('names its code and its request', () => {
    const text = page(refused('state_unknown'), 'request-7');
    expect(text).toContain('<dt>Result code</dt><dd>state_unknown</dd>');
    expect(text).toContain('<dt>Request ID</dt><dd>request-7</dd>');
  });

  it('lets no value become markup', () => {
    fc.assert(
      fc.property(anyText(), (value) => {
        const text = html`<p title="${value}">${value}</p>`.toString();
        expect(text.match(/[<>]/g)).toEqual(['<', '>', '<', '>']);
        expect(text.match(/"/g)).toHaveLength(2);
      }),
    );
    const scopes = {
      ...refused('flow_expired'),
      context: { missingScopes: parseScope('<script>x</script>') },
    };
    expect(page(scopes, '<img>')).not.toMatch(/<script|<img/);
  });

  it('loads and runs nothing, and its one style is the one that the policy names', () => {
    const text = page(refused('state_unknown'), 'r');
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');

    expect(text).not.toMatch(/<script|<link|<img|<iframe|src=|url\(|https?:\/\/|\son\w+=|style="/i);
    expect(contentSecurityPolicy()).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });
});

describe('every answer', () => {
  it.each([
    ['a page', writeResponse(refused('state_unknown'), OPTIONS)],
    ['JSON', writeResponse(refused('state_unknown'), { ...OPTIONS, wantsJson: true })],
    [
      'a redirect',
      writeResponse(
        {
          kind: 'redirect',
          code: 'authorization_requested',
          location: 'https://pim.example',
          context: {},
        },
        OPTIONS,
      ),
    ],
  ])('%s is kept nowhere and leaks no address', (_what, { headers }) => {
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    });
  });
});
