import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type RefusalCode } from '../../../functions/activation/outcomes.ts';
import { refused, type Shown } from '../../../functions/activation/result.ts';
import { page } from '../../../functions/http/page.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { pimUrl } from '../../support/pim-url.ts';

const PIM = pimUrl('https://my.pim.example/tenant');
const shown = (scopes = ''): Shown => ({
  kind: 'shown',
  code: 'connection_shown',
  context: { pim: PIM, missingScopes: parseScope(scopes) },
});

/** What a reader sees and copies: the text of a piece of markup. */
function textOf(markup: string): string {
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  const known: Readonly<Record<string, string>> = entities;
  return markup.replace(/<[^>]*>/g, '').replace(/&[^;]+;/g, (entity) => known[entity] ?? entity);
}

const commandOn = (markup: string): string =>
  textOf(/<code>(npm run app[\s\S]*?)<\/code>/.exec(markup)?.[1] ?? '');

describe('a page', () => {
  it.each(Object.keys(OUTCOMES) as RefusalCode[])('has the texts of %s', (code) => {
    const text = textOf(page(refused(code), 'request-7'));
    expect(text).toContain(OUTCOMES[code].title);
    expect(text).toContain(OUTCOMES[code].next);
    expect(text).toContain('request-7');
  });

  it('names the PIM wherever it is known', () => {
    expect(page(refused('pim_timeout', { pim: PIM }), 'r')).toContain(
      '<dt>PIM</dt><dd>https://my.pim.example/tenant</dd>',
    );
    expect(page(refused('state_unknown'), 'r')).not.toContain('<dt>PIM</dt>');
  });

  it('says which PIM the App is connected to, and only if it is', () => {
    expect(textOf(page(shown(), 'r'))).toContain('connected to https://my.pim.example/tenant.');
    expect(page(refused('pim_timeout', { pim: PIM }), 'r')).not.toContain('is connected to');
  });

  it('lists the rights that are missing, and is silent when none are', () => {
    const text = page(shown('write_products read_assets'), 'r');
    expect(text).toContain('<li><code>read_assets</code></li><li><code>write_products</code></li>');
    expect(text).toContain('Your PIM user may not grant');
    expect(page(shown(), 'r')).not.toContain('may not grant');
  });

  it('links to a new start where one helps, next to the callback', () => {
    const expired = { ...refused('flow_expired', { pim: PIM }), startAgain: PIM };
    const href = /href="([^"]*)"/.exec(page(expired, 'r'))?.[1] ?? '';
    const url = new URL(href, 'https://app.example/stage/callback?code=x&state=y');
    expect(url.origin + url.pathname).toBe('https://app.example/stage/activate');
    expect([...url.searchParams]).toEqual([['pim_url', 'https://my.pim.example/tenant']]);
    expect(page(refused('flow_expired', { pim: PIM }), 'r')).not.toContain('<a ');
  });

  it('tells the operator how to list a PIM, where it is not listed', () => {
    const text = page(refused('pim_not_listed', { pim: PIM }), 'r');
    expect(commandOn(text)).toMatch(
      /^npm run app -- pims add '?https:\/\/my\.pim\.example\/tenant'?$/,
    );
    expect(page(refused('pim_timeout', { pim: PIM }), 'r')).not.toContain('npm run app');
  });

  it.each([
    'https://pim.example/$(id)',
    'https://pim.example/;echo',
    'https://pim.example/a&echo',
    "https://pim.example/it's|cat",
    'https://pim.example/*',
  ])('shows a command that is safe to paste into a shell for %s', (raw) => {
    const pim = pimUrl(raw);
    const command = commandOn(page(refused('pim_not_listed', { pim }), 'r'));
    const [, address = ''] = command.split('pims add ');
    const seen = execFileSync('sh', ['-c', `printf %s ${address}`], { encoding: 'utf8' });
    expect(seen).toBe(pim.toString());
  });
});
