import type { Refused, Shown } from '../functions/activation/result.ts';
import { textsOf } from '../functions/pages/answer.ts';
import type { Branding, Scheme } from '../functions/pages/branding.ts';
import { type Html, html } from '../functions/pages/html.ts';
import type { PageCode } from '../functions/pages/language.ts';
import { page } from '../functions/pages/page.ts';
import { LOOKS } from '../functions/pages/steps.ts';
import { PREFERS_DARK } from '../functions/pages/style.ts';
import type { PageResult } from '../functions/pages/write-answer.ts';
import { wellFormed } from '../functions/pim/malformed.ts';
import { PimUrl } from '../functions/pim/pim-url.ts';
import { parseScope } from '../functions/pim/scopes.ts';

/** Whose pages, and in which languages. */
export interface GalleryOptions {
  readonly branding: Branding;
  /** BCP 47 tags. */
  readonly languages: readonly string[];
}

const CODES = Object.keys(LOOKS) as readonly PageCode[];
const SCHEMES: readonly Scheme[] = ['light', 'dark'];

/** How wide a phone and a desktop are, in pixels of CSS. */
const WIDTHS = { phone: 360, desktop: 1280 };

/** The paths of all files; the first one leads to the others. */
export function galleryPaths({ languages }: GalleryOptions): readonly string[] {
  const ofLanguage = (language: string) => [
    `${language}/index.html`,
    ...CODES.flatMap((code) => SCHEMES.map((scheme) => `${language}/${code}.${scheme}.html`)),
  ];
  return ['index.html', ...languages.flatMap(ofLanguage)];
}

/** A file of the gallery; `undefined` if there is none at this path. */
export async function galleryFile(
  path: string,
  options: GalleryOptions,
): Promise<string | undefined> {
  if (path === 'index.html') return overview(options.languages);
  const [language = '', file = ''] = path.split('/');
  if (!galleryPaths(options).includes(path)) return undefined;
  if (file === 'index.html') return wall(language, options.languages);
  const [code, scheme] = file.split('.');
  // The path is one of those that were made of them.
  return samplePage(code as PageCode, scheme as Scheme, { ...options, language });
}

/** A page as it would be sent, in one scheme whatever the browser prefers. */
async function samplePage(
  code: PageCode,
  scheme: Scheme,
  { branding, language }: GalleryOptions & { readonly language: string },
): Promise<string> {
  const texts = await textsOf(language);
  const requestId = 'Vx2mXg5sFiAEJ7g=';
  return page(sampleOf(code), { branding, language, texts, requestId, depth: 0 })
    .replace(PREFERS_DARK, scheme === 'dark' ? '@media all' : '@media not all')
    .replace('color-scheme:light dark', `color-scheme:${scheme}`);
}

const PIM = wellFormed(
  PimUrl.parse('https://my.cloud.akeneo.com', { dangerouslyAllowHttpOnLoopback: false }),
);

/** Of these nothing is known but the code. */
const ANONYMOUS: ReadonlySet<PageCode> = new Set<PageCode>([
  'path_unknown',
  'pim_url_missing',
  'pim_url_repeated',
  'pim_url_malformed',
  'callback_parameter_repeated',
  'state_malformed',
  'state_unknown',
  'browser_cookie_missing',
  'browser_mismatch',
  'callback_url_mismatch',
  'internal_error',
]);

/** A result that ends in the page of a code, with what is known then. */
export function sampleOf(code: PageCode): PageResult {
  // An App with a page of its own has none of ours but when an address is opened again.
  const appUrl = code === 'already_connected' ? 'https://app.example.com/' : undefined;
  if (isShown(code))
    return { kind: 'shown', code, ...(appUrl && { appUrl }), context: contextOf(code) };
  return { kind: 'refused', code, context: contextOf(code) };
}

function isShown(code: PageCode): code is Shown['code'] {
  const shown: readonly (Shown['code'] | Refused['code'])[] = [
    'already_connected',
    'connection_shown',
    'opened_again',
    'rights_missing',
    'shown_before',
  ];
  return shown.includes(code);
}

function contextOf(code: PageCode) {
  if (ANONYMOUS.has(code)) return {};
  if (code === 'pim_not_listed') return { pim: PIM };
  const listed = { pim: PIM, clientId: '2f6c2c5e-7a51-4a8f-9d0e-0c1b2a3d4e5f', attempt: 1 };
  const missing = 'write_products read_assets manage_everything';
  return code === 'rights_missing' ? { ...listed, missingScopes: parseScope(missing) } : listed;
}

function overview(languages: readonly string[]): string {
  return document(html`<h1>Pages that PIM users see</h1>
<ul>${languages.map((language) => html`<li><a href="${language}/index.html">${language}</a></li>`)}</ul>`);
}

/** Every page of a language in both schemes, as on a phone and as on a desktop. */
function wall(language: string, languages: readonly string[]): string {
  const others = languages.map((other) => html`<a href="../${other}/index.html">${other}</a> `);
  return document(html`<h1>Pages in ${language}</h1>
<nav>${others}</nav>
${CODES.map(
  (code) => html`<h2 id="${code}"><code>${code}</code></h2>
<div class="row">${frames(code)}</div>
`,
)}`);
}

function frames(code: PageCode): readonly Html[] {
  return SCHEMES.flatMap((scheme) =>
    Object.entries(WIDTHS).map(
      ([device, width]) =>
        html`<figure><iframe src="${code}.${scheme}.html" title="${code}, ${scheme}, ${device}" width="${String(width)}" height="760" loading="lazy" sandbox></iframe><figcaption>${device}, ${scheme}</figcaption></figure>`,
    ),
  );
}

function document(content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pages</title>
<style>
body{margin:2rem;font:1rem/1.5 system-ui,sans-serif}
nav{display:flex;gap:1rem}
.row{display:flex;gap:1rem;overflow-x:auto}
figure{flex:none;margin:0}
iframe{border:1px solid #999;zoom:.5}
</style>
</head>
<body>
${content}
</body>
</html>
`.toString();
}
