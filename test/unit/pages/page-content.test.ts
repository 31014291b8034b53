import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { RefusalCode } from '../../../functions/activation/outcomes.ts';
import { refused, type Shown } from '../../../functions/activation/result.ts';
import english from '../../../functions/pages/languages/en.ts';
import { page } from '../../../functions/pages/page.ts';
import type { PageResult } from '../../../functions/pages/write-answer.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { pimUrl } from '../../support/pim-url.ts';

const PIM = pimUrl('https://my.pim.example/tenant');
const shown = (scopes = ''): Shown => ({
  kind: 'shown',
  code: 'connection_shown',
  context: { pim: PIM, missingScopes: parseScope(scopes) },
});

const pageOf = (result: PageResult): string =>
  page(result, { requestId: 'request-7', depth: 0, language: 'en', texts: english });

/** What a reader sees and copies: the text of a piece of markup. */
function textOf(markup: string): string {
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  const known: Readonly<Record<string, string>> = entities;
  return markup.replace(/<[^>]*>/g, '').replace(/&[^;]+;/g, (entity) => known[entity] ?? entity);
}

const commandOn = (markup: string): string =>
  textOf(/<code>(npm run app[\s\S]*?)<\/code>/.exec(markup)?.[1] ?? '');

describe('a page', () => {
  it.each(Object.keys(english.outcome) as RefusalCode[])('has the texts of %s', (code) => {
    const text = textOf(pageOf(refused(code)));
    expect(text).toContain(english.outcome[code].title);
    expect(text).toContain(english.outcome[code].next);
    expect(text).toContain('request-7');
  });

  it('names the PIM wherever it is known', () => {
    expect(pageOf(refused('pim_timeout', { pim: PIM }))).toContain(
      '<dt>PIM</dt><dd>https://my.pim.example/tenant</dd>',
    );
    expect(pageOf(refused('state_unknown'))).not.toContain('<dt>PIM</dt>');
  });

  it('says which PIM the App is connected to, and only if it is', () => {
    expect(textOf(pageOf(shown()))).toContain('connected to https://my.pim.example/tenant.');
    expect(pageOf(refused('pim_timeout', { pim: PIM }))).not.toContain('is connected to');
  });

  it('lists the rights that are missing, and is silent when none are', () => {
    const text = pageOf(shown('write_products read_assets'));
    expect(text).toContain('<li><code>read_assets</code></li><li><code>write_products</code></li>');
    expect(text).toContain('Your PIM user may not grant');
    expect(pageOf(shown())).not.toContain('may not grant');
  });

  it('links to a new start where one helps, next to the callback', () => {
    const expired = { ...refused('flow_expired', { pim: PIM }), startAgain: PIM };
    const href = /href="([^"]*)"/.exec(pageOf(expired))?.[1] ?? '';
    const url = new URL(href, 'https://app.example/stage/callback?code=x&state=y');
    expect(url.origin + url.pathname).toBe('https://app.example/stage/activate');
    expect([...url.searchParams]).toEqual([['pim_url', 'https://my.pim.example/tenant']]);
    expect(pageOf(refused('flow_expired', { pim: PIM }))).not.toContain('<a ');
  });

  it('tells the operator how to list a PIM, where it is not listed', () => {
    const text = pageOf(refused('pim_not_listed', { pim: PIM }));
    expect(commandOn(text)).toMatch(
      /^npm run app -- pims add '?https:\/\/my\.pim\.example\/tenant'?$/,
    );
    expect(pageOf(refused('pim_timeout', { pim: PIM }))).not.toContain('npm run app');
  });

  it.each([
    'https://pim.example/$(id)',
    'https://pim.example/;echo',
    'https://pim.example/a&echo',
    "https://pim.example/it's|cat",
    'https://pim.example/*',
  ])('shows a command that is safe to paste into a shell for %s', (raw) => {
    const pim = pimUrl(raw);
    const command = commandOn(pageOf(refused('pim_not_listed', { pim })));
    const [, address = ''] = command.split('pims add ');
    const seen = execFileSync('sh', ['-c', `printf %s ${address}`], { encoding: 'utf8' });
    expect(seen).toBe(pim.toString());
  });
});
