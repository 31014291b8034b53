import { describe, expect, it } from 'vitest';
import { type AppProps, appProblem, brandingOf } from '../../../branding/app.ts';

const URLS = ['supportUrl', 'documentationUrl', 'privacyUrl', 'failureUrl'] as const;

const ofEachUrl = (...values: string[]): [keyof AppProps, string][] =>
  URLS.flatMap((name) => values.map((value): [keyof AppProps, string] => [name, value]));

describe("the App's face", () => {
  it.each<[keyof AppProps, string]>([
    ['name', 'Catalog Sync'],
    ['name', 'O’Neil & Söhne <Ω> 3D™'],
    ['name', '商品同期'],
    ['name', 'مزامنة الكتالوج'],
    ['name', 'می‌خواهم'],
    ['name', '👩‍🔬 Lab'],
    ['name', '\u{1f3f4}\u{e0067}\u{e0062}\u{e007f} Lab'],
    ['name', '9'.repeat(70)],
    ['supportEmail', 'support+pim@app.example.com'],
    ...ofEachUrl('https://app.example.com/help?a=b#c'),
    ['supportUrl', 'https://hilfe.bücher.example/'],
  ])('takes as %s: %s', (name, value) => {
    expect(appProblem(name, value)).toBeUndefined();
  });

  it.each<[keyof AppProps, unknown]>([
    ['name', ''],
    ['name', '   '],
    ['name', ' Catalog Sync'],
    ['name', '9'.repeat(71)],
    ['name', 'Catalog\nSync'],
    ['name', 'Catalog\u0000Sync'],
    ['name', 'Catalog\u009bSync'],
    ['name', 'Catalog \u202egnyS'],
    ['name', 'Catalog \u2066Sync'],
    ['name', '\u200fCatalog'],
    ['name', 'Catalog\u2028Sync'],
    ['name', '\ud800'],
    ['name', '\u200b'],
    ['name', 'Catalog\u200bSync'],
    ['name', '\u3164'],
    ['name', '---'],
    ['name', 7],
    ['name', null],
    ['supportEmail', 'support'],
    ['supportEmail', 'support@localhost'],
    ['supportEmail', 'a@b.example, c@d.example'],
    ['supportEmail', 'Support <a@b.example>'],
    ['supportEmail', 'a@b.example?cc=c@d.example'],
    ['supportEmail', 'a@b.example\nbcc: c@d.example'],
    ['supportEmail', 'mailto:a@b.example'],
    ...ofEachUrl(
      'http://app.example.com',
      'http://localhost:3000',
      'javascript:alert(1)',
      'data:text/html,a',
      'mailto:a@b.example',
      '//app.example.com',
      'app.example.com',
      '/help',
      'https://me:you@app.example.com',
      'https://',
      'https:app.example.com',
      'https:/app.example.com',
      'https:\\\\app.example.com',
      'https://{tenant}.app.example.com',
      'https://app.example.com/a b',
      ' https://app.example.com',
      'https://app.example.com/\n',
      `https://app.example.com/${'a'.repeat(2048)}`,
    ),
  ])('does not take as %s: %j', (name, value) => {
    expect(appProblem(name, value)).toMatchObject({
      why: expect.stringMatching(/^(is|has) /),
      fix: expect.stringMatching(/\.$/),
    });
  });

  it('may be on a loopback host where a developer works, and nowhere else', () => {
    const policy = { allowHttpOnLoopback: true };
    expect(appProblem('failureUrl', 'http://localhost:5000/failed', policy)).toBeUndefined();
    expect(appProblem('failureUrl', 'http://app.example.com/', policy)).toBeDefined();
  });

  it('comes to the pages as it is, with a colour for each scheme', () => {
    const app = { name: 'Catalog Sync', accentColor: '#6b3fa0', supportEmail: 'a@b.example' };
    expect(brandingOf(app)).toEqual({
      name: 'Catalog Sync',
      supportEmail: 'a@b.example',
      accent: { light: '#6b3fa0', dark: expect.stringMatching(/^#[0-9a-f]{6}$/) },
    });
    expect(brandingOf({})).toEqual({});
  });
});
