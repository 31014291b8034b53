import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refused } from '../../../functions/activation/result.ts';
import { writeResponse } from '../../../functions/http/response.ts';
import { html } from '../../../functions/pages/html.ts';
import english from '../../../functions/pages/languages/en.ts';
import { page } from '../../../functions/pages/page.ts';
import { contentSecurityPolicy } from '../../../functions/pages/style.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { anyText } from '../../support/any-text.ts';

const OPTIONS = { wantsJson: false, depth: 0, requestId: 'request-7' };
const PAGE = { requestId: 'request-7', depth: 0, language: 'en', texts: english, branding: {} };

describe('a page', () => {
  it('names its code and its request', () => {
    const text = page(refused('state_unknown'), PAGE);
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
    expect(page(scopes, { ...PAGE, requestId: '<img>' })).not.toMatch(/<script|<img/);
  });

  it('loads and runs nothing, and its one style is the one that the policy names', () => {
    const text = page(refused('state_unknown'), PAGE);
    const style = /<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');

    expect(text).not.toMatch(/<script|<link|<img|<iframe|src=|url\(|\son\w+=|style="/i);
    expect(contentSecurityPolicy({})).toBe(
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
  ])('%s is kept nowhere and leaks no address', async (_what, response) => {
    const { headers } = await response;
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000',
      'x-content-type-options': 'nosniff',
    });
  });
});
