import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { PageCode, Texts } from '../../functions/pages/language.ts';
import german from '../../functions/pages/languages/de.ts';
import english from '../../functions/pages/languages/en.ts';
import spanish from '../../functions/pages/languages/es.ts';
import french from '../../functions/pages/languages/fr.ts';
import italian from '../../functions/pages/languages/it.ts';
import japanese from '../../functions/pages/languages/ja.ts';
import dutch from '../../functions/pages/languages/nl.ts';
import portuguese from '../../functions/pages/languages/pt-BR.ts';
import { page as write } from '../../functions/pages/page.ts';
import type { PageResult } from '../../functions/pages/write-answer.ts';
import { parseScope } from '../../functions/pim/scopes.ts';
import { browserWorld, expectAccessible, screenshot } from '../support/browser-world.ts';
import type { Tab } from '../support/chromium.ts';
import { pimUrl } from '../support/pim-url.ts';
import { PSEUDO_TAG, pseudoLanguage } from '../support/pseudo-language.ts';

const world = browserWorld();

const WIDTHS = [360, 1280] as const;
const LANGUAGES: readonly (readonly [language: string, texts: Texts])[] = [
  ['en', english],
  ['de', german],
  ['es', spanish],
  ['fr', french],
  ['it', italian],
  ['ja', japanese],
  ['nl', dutch],
  ['pt-BR', portuguese],
  [PSEUDO_TAG, pseudoLanguage],
];

const CODES = Object.keys(english.outcome) as PageCode[];

/** An App with everything that a page can show of it. */
const branding = {
  name: 'Catalog Synchronisation',
  supportEmail: 'help@app.example',
  documentationUrl: 'https://app.example/docs',
  privacyUrl: 'https://app.example/privacy',
};

/** Each page as it is longest: of a listed PIM, with every right missing. */
function longest(code: string): PageResult {
  const result = {
    kind: /^(already_connected|connection_shown|opened_again|rights_missing|shown_before)$/.test(
      code,
    )
      ? 'shown'
      : 'refused',
    code,
    appUrl: 'https://app.example/welcome',
    context: {
      pim: pimUrl('https://a-pim-with-a-long-name.eu.cloud.akeneo.com/tenant'),
      clientId: 'client-1',
      ...(code === 'rights_missing' && {
        missingScopes: parseScope(Object.keys(english.right).join(' ')),
      }),
    },
  };
  return result as PageResult;
}

/** A tab with nothing in it, so that nothing but what a test shows can change it. */
async function emptyTab(width: number): Promise<Tab> {
  const tab = await world().openPim({ viewport: { width, height: 800 } });
  await tab.page.goto('about:blank');
  return tab;
}

async function show(tab: Page, code: string, language: string, texts: Texts): Promise<void> {
  const options = { requestId: '0123456789abcdef', depth: 0, branding, language, texts };
  await tab.setContent(write(longest(code), options));
}

/** What is wider than its place, as text. */
const OVERFLOWING = `[...document.querySelectorAll('html, main, main *')]
  .filter((element) => element.scrollWidth > element.clientWidth + 1)
  .filter((element) => getComputedStyle(element).display !== 'inline')
  .map((element) => element.tagName + ': ' + element.textContent)`;

describe.each(LANGUAGES)('every page in %s', (language, texts) => {
  it.each(WIDTHS)('keeps to its place at a width of %i', async (width) => {
    const { context, page: tab } = await emptyTab(width);
    for (const code of CODES) {
      await show(tab, code, language, texts);
      expect(await tab.evaluate(OVERFLOWING), code).toEqual([]);
    }
    await show(tab, 'rights_missing', language, texts);
    await screenshot(tab, `rights-missing-${language}-${width}`);
    await show(tab, 'pim_unreachable', language, texts);
    await screenshot(tab, `pim-unreachable-${language}-${width}`);
    await context.close();
  });
});

describe.each(LANGUAGES.filter(([language]) => ['de', 'ja', PSEUDO_TAG].includes(language)))(
  'every page in %s',
  (language, texts) => {
    it('has no barriers', async () => {
      const { context, page: tab } = await emptyTab(360);
      for (const code of CODES) {
        await show(tab, code, language, texts);
        expect(await tab.title()).toContain(texts.outcome[code].title);
        await expectAccessible(tab);
      }
      await context.close();
    });
  },
);

describe('a browser', () => {
  it.each([
    ['de-AT', 'de', german],
    ['ja-JP', 'ja', japanese],
    ['pt-PT', 'pt-BR', portuguese],
    ['zh-CN', 'en', english],
  ])('that is in %s gets a page in %s', async (locale, language, texts) => {
    const { context, page: tab } = await world().openPim({ locale });
    const answer = await tab.goto(world().app.activateUrl);
    expect(answer?.headers()['content-language']).toBe(language);
    expect(await tab.locator('html').getAttribute('lang')).toBe(language);
    expect(await tab.getByRole('heading', { level: 1 }).textContent()).toBe(
      texts.outcome.pim_url_missing.title,
    );
    await context.close();
  });
});
