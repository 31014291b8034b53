import { describe, expect, it } from 'vitest';
import type { RefusalCode } from '../../../functions/activation/outcomes.ts';
import { refused, type Shown } from '../../../functions/activation/result.ts';
import type { Branding } from '../../../functions/pages/branding.ts';
import type { PageCode } from '../../../functions/pages/language.ts';
import english from '../../../functions/pages/languages/en.ts';
import { page } from '../../../functions/pages/page.ts';
import { LOOKS } from '../../../functions/pages/steps.ts';
import { contentSecurityPolicy } from '../../../functions/pages/style.ts';
import type { PageResult } from '../../../functions/pages/write-answer.ts';
import { parseScope } from '../../../functions/pim/scopes.ts';
import { pimUrl } from '../../support/pim-url.ts';

const PIM = pimUrl('https://my.pim.example/tenant');
/** Of a listed PIM; of another one, no client id is known. */
const LISTED = { pim: PIM, clientId: 'client-1', attempt: 1 };
const PIM_PAGE = 'https://my.pim.example/tenant/connect/apps/v1/connected_app/client-1';
const LOGO = 'data:image/png;base64,AAAA';
const APP: Branding = {
  name: 'Catalog Sync',
  logo: LOGO,
  accent: { light: '#0a6b5d', dark: '#4fd1bd' },
  supportUrl: 'https://app.example/help?a=b',
  documentationUrl: 'https://app.example/docs',
  privacyUrl: 'https://app.example/privacy',
};

const shown = (code: Shown['code'] = 'connection_shown', more: Partial<Shown> = {}): Shown => ({
  kind: 'shown',
  code,
  context: LISTED,
  ...more,
});
const rightsMissing = (scopes: string, more: Partial<Shown> = {}) =>
  shown('rights_missing', { context: { ...LISTED, missingScopes: parseScope(scopes) }, ...more });

const pageOf = (result: PageResult, branding: Branding = {}, depth = 0): string =>
  page(result, { requestId: 'request-7', depth, language: 'en', texts: english, branding });

/** What a reader sees and copies: the text of a piece of markup. */
function textOf(markup: string): string {
  const entities = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  const known: Readonly<Record<string, string>> = entities;
  return markup.replace(/<[^>]*>/g, '').replace(/&[^;]+;/g, (entity) => known[entity] ?? entity);
}

/** The addresses behind the buttons, by what they say. */
function buttonsOf(markup: string): Readonly<Record<string, string>> {
  const list = /<ul class="steps">([\s\S]*?)<\/ul>/.exec(markup)?.[1] ?? '';
  const links = [...list.matchAll(/<a href="([^"]*)">([\s\S]*?)<\/a>/g)];
  return Object.fromEntries(links.map(([, href = '', text = '']) => [textOf(text), textOf(href)]));
}

const CODES = Object.keys(LOOKS) as PageCode[];
const REFUSALS = CODES.filter((code): code is RefusalCode => LOOKS[code].tone !== 'success');

describe('a page', () => {
  it.each(CODES)('has the texts of %s, a word for its tone, and a button', (code) => {
    const refusal = { ...refused('state_unknown'), code } as PageResult;
    const markup = pageOf(refusal);
    const text = textOf(markup);
    expect(text).toContain(english.outcome[code].title);
    expect(text).toContain(english.outcome[code].next);
    expect(text).toContain(english.tone[LOOKS[code].tone]);
    expect(Object.keys(buttonsOf(markup)).length).toBeGreaterThan(0);
  });

  it('keeps what is technical for those who want to see it', () => {
    const markup = pageOf(refused('pim_timeout', LISTED));
    const details = /<details>([\s\S]*)<\/details>/.exec(markup)?.[1] ?? '';
    const entries = ['<dd>pim_timeout</dd>', '<dd>request-7</dd>', `<dd>${PIM.toString()}</dd>`];
    for (const entry of entries) expect(details).toContain(entry);
    expect(textOf(markup.replace(details, ''))).not.toMatch(/pim_timeout|request-7|my\.pim/);
    expect(pageOf(refused('state_unknown'))).not.toContain('<dt>PIM</dt>');
  });

  it.each(CODES)('shows no command of an operator: %s', (code) => {
    const result = { ...refused('state_unknown', { pim: PIM }), code } as PageResult;
    expect(pageOf(result, APP)).not.toMatch(/npm |npx |pims add|--[a-z]+-[a-z]+ /);
  });

  it('says which PIM the App is connected to, and only if it is', () => {
    expect(textOf(pageOf(shown()))).toContain(`The App is connected to ${PIM.toString()}.`);
    expect(textOf(pageOf(shown(), APP))).toContain(
      `Catalog Sync is connected to ${PIM.toString()}.`,
    );
    expect(pageOf(refused('pim_timeout', LISTED))).not.toContain('is connected to');
    expect(textOf(pageOf(shown('shown_before'), APP))).not.toContain('Connected');
  });
});

describe('the face of the App', () => {
  it('is its logo, name and colour, and its links', () => {
    const markup = pageOf(shown(), APP);
    expect(markup).toContain(`<img src="${LOGO}" alt=""><bdi>Catalog Sync</bdi>`);
    expect(markup).toContain('<title>Connected · Catalog Sync</title>');
    expect(markup).toContain('--accent:#0a6b5d');
    expect(markup).toContain('--accent:#4fd1bd');
    for (const href of ['https://app.example/docs', 'https://app.example/privacy'])
      expect(markup).toContain(`<a href="${href}">`);
    expect(contentSecurityPolicy(APP)).toContain(' img-src data:;');
    expect(contentSecurityPolicy({ name: 'Catalog Sync' })).not.toContain('img-src');
  });

  it('is a logo with a name for those who do not see it', () => {
    expect(pageOf(shown(), { logo: LOGO })).toContain(`<img src="${LOGO}" alt="Logo of the App">`);
  });

  it('stays out of the direction of the text, and never becomes markup', () => {
    const markup = pageOf(shown(), { name: '<b>مزامنة</b>' });
    expect(markup).toContain('<bdi>&lt;b&gt;مزامنة&lt;/b&gt;</bdi>');
    expect(markup).not.toContain('<b>');
  });
});

describe('the buttons of a page', () => {
  it('start again where that helps, and lead back to the PIM', () => {
    const markup = pageOf(refused('flow_expired', LISTED), APP, 1);
    const buttons = buttonsOf(markup);
    expect(Object.keys(buttons)).toEqual(['Try again', 'Back to your PIM', 'Contact support']);
    const again = new URL(
      buttons['Try again'] ?? '',
      'https://api.example/stage/callback/id?code=x',
    );
    expect(again.origin + again.pathname).toBe('https://api.example/stage/activate');
    expect([...again.searchParams]).toEqual([['pim_url', PIM.toString()]]);
    expect(buttons['Back to your PIM']).toBe(PIM_PAGE);
  });

  it('lead to support first where no new attempt helps', () => {
    const buttons = buttonsOf(pageOf(refused('client_credentials_refused', LISTED), APP));
    expect(Object.keys(buttons)).toEqual(['Contact support', 'Back to your PIM']);
  });

  it.each(['authorization_denied', 'code_malformed', 'store_unavailable', 'token_ended'] as const)(
    'lead to the PIM itself where the App may not be connected: %s',
    (code) => {
      const buttons = buttonsOf(pageOf(refused(code, LISTED)));
      expect(buttons['Back to your PIM']).toBe('https://my.pim.example/tenant/');
    },
  );

  it.each(REFUSALS)('never lead to a PIM that is not listed: %s', (code) => {
    const markup = pageOf(refused(code, { pim: PIM }));
    expect(Object.values(buttonsOf(markup)).join(' ')).not.toContain('my.pim.example');
  });

  it('open the App, which is told the PIM', () => {
    const buttons = buttonsOf(
      pageOf(shown('opened_again', { appUrl: 'https://app.example/?a=b' }), APP),
    );
    expect(Object.keys(buttons)).toEqual(['Open Catalog Sync', 'Back to your PIM']);
    expect(buttons['Open Catalog Sync']).toBe(
      `https://app.example/?a=b&pim_url=${encodeURIComponent(PIM.toString())}`,
    );
  });

  it('bring code and request to support, as a page', () => {
    const url = new URL(
      buttonsOf(pageOf(refused('pim_timeout', LISTED), APP))['Contact support'] ?? '',
    );
    expect(Object.fromEntries(url.searchParams)).toEqual({
      a: 'b',
      result_code: 'pim_timeout',
      request_id: 'request-7',
      pim_url: PIM.toString(),
    });
  });

  it('bring code and request to support, as a mail', () => {
    const branding = { name: 'Sync & Co', supportEmail: 'help+pim@app.example' };
    const href = buttonsOf(pageOf(refused('state_unknown'), branding))['Contact support'] ?? '';
    expect(href).toMatch(/^mailto:help%2Bpim@app\.example\?subject=/);
    expect(href).not.toContain('+');
    const { searchParams } = new URL(href);
    expect(searchParams.get('subject')).toBe('Sync & Co: state_unknown');
    expect(searchParams.get('body')).toBe(
      '\r\n\r\nResult code: state_unknown\r\nRequest ID: request-7\r\n',
    );
  });

  it('lead to an explanation where nothing else is known', () => {
    const [neutral, branded] = [{}, { documentationUrl: 'https://app.example/docs' }].map(
      (branding) => buttonsOf(pageOf(refused('pim_url_missing'), branding)),
    );
    expect(neutral?.['How to connect an App']).toMatch(/^https:\/\/help\.akeneo\.com\//);
    expect(branded?.['How to connect an App']).toBe('https://app.example/docs');
  });
});

describe('rights that are missing', () => {
  it('are told in plain words, and why where that is known', () => {
    const text = textOf(pageOf(rightsMissing('write_products read_assets read_future openid')));
    const [, notYours = '', noneInPim = '', notGranted = ''] =
      /may not grant:([\s\S]*)does not offer:([\s\S]*)has not granted:([\s\S]*)/.exec(text) ?? [];
    expect(notYours).toContain('edit products');
    expect(noneInPim).toContain('read_future');
    expect(notGranted).toContain('view assets');
    expect(notGranted).toContain('know who you are');
  });

  it('are none of the PIM when somebody who grants all has just connected the App', () => {
    const text = textOf(pageOf(rightsMissing('write_products', { mayManageApps: true })));
    expect(text).toContain('Your PIM does not offer:');
    expect(text).not.toContain('may not grant');
  });

  it('are a page of attention, with the names of the scopes for support', () => {
    const markup = pageOf(rightsMissing('write_products'));
    expect(markup).toContain('class="tone attention"');
    expect(markup).toContain('<dd>write_products</dd>');
  });
});
