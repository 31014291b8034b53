import type { PimUrl } from '../pim/pim-url.ts';
import type { Branding } from './branding.ts';
import { filled, Html, type HtmlValue, html } from './html.ts';
import type { Texts } from './language.ts';
import { missingRights } from './rights.ts';
import { footerLinks, LOOKS, type StepOptions, steps, type Tone } from './steps.ts';
import { styleOf } from './style.ts';
import type { PageResult } from './write-answer.ts';

/** What a page is written for. */
export interface PageOptions extends StepOptions {
  /** BCP 47 tag of the texts. */
  readonly language: string;
}

/**
 * A page for two readers: the PIM user, who learns what happened and what to do, and whoever helps them, who is shown the
 * code and the ID to look for in the log. Every value is escaped.
 */
export function page(result: PageResult, options: PageOptions): string {
  const { branding, language, texts } = options;
  const { title, next } = texts.outcome[result.code];
  const content = html`<main>
${face(branding, texts)}
${tone(LOOKS[result.code].tone, texts)}
<h1>${title}</h1>
${subject(result, options)}
<p>${next}</p>
${rights(result, texts)}
<ul class="steps">
${steps(result, options).map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>\n`)}</ul>
${details(result, options)}
${footer(result, options)}
</main>`;
  return skeleton([title, branding.name], content, { branding, language });
}

function skeleton(
  titles: readonly (string | undefined)[],
  content: Html,
  { branding, language }: Pick<PageOptions, 'branding' | 'language'>,
): string {
  const title = titles.filter((part) => part !== undefined).join(' · ');
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
${Html.constant(`<style>${styleOf(branding)}</style>`)}
</head>
<body>
${content}
</body>
</html>
`.toString();
}

/** Whose page it is. A logo beside the name needs no name of its own. */
function face({ logo, name }: Branding, { label }: Texts): HtmlValue {
  if (logo === undefined && name === undefined) return undefined;
  const image = logo && html`<img src="${logo}" alt="${name === undefined ? label.logo : ''}">`;
  return html`<p class="app">${image}${name && html`<bdi>${name}</bdi>`}</p>`;
}

const SIGNS: Readonly<Record<Tone, string>> = { success: '✓', attention: '!', failure: '✕' };

function tone(name: Tone, texts: Texts): Html {
  return html`<p class="tone ${name}"><span aria-hidden="true">${SIGNS[name]}</span>${texts.tone[name]}</p>`;
}

function subject({ kind, code, context }: PageResult, { branding, texts }: PageOptions): HtmlValue {
  if (!context.pim || kind !== 'shown' || code === 'shown_before') return undefined;
  const { connectedTo, appConnectedTo } = texts.sentence;
  const { name } = branding;
  const sentence = name === undefined ? connectedTo : appConnectedTo;
  const [place = '', stop] = /\{pim\}([.。]?)/.exec(sentence) ?? [];
  const pim = html`<span class="address"><code>${breakable(context.pim)}</code>${stop}</span>`;
  return html`<p>${filled(sentence.replace(place, '{pim}'), { pim, app: html`<bdi>${name}</bdi>` })}</p>`;
}

/** An address on one line with its full stop; where that is too long, it goes on before a dot and behind a slash. */
function breakable(pim: PimUrl): Html {
  const [first, ...others] = pim.toString().split(/(?=\.)|(?<=\/)(?!\/)/);
  return html`${first}${others.map((part) => html`<wbr>${part}`)}`;
}

function rights(result: PageResult, texts: Texts): HtmlValue {
  const { missingScopes: missing } = result.context;
  if (result.kind !== 'shown' || !missing?.length) return undefined;
  return missingRights(missing, result.mayManageApps === true, texts);
}

/** What only a helper reads. */
function details({ code, context }: PageResult, { requestId, texts }: PageOptions): Html {
  const { label } = texts;
  const { pim, missingScopes: missing } = context;
  return html`<details><summary>${label.details}</summary>
<dl>
${pim && entry(label.pim, pim.toString())}
${entry(label.resultCode, code)}
${entry(label.requestId, requestId)}
${missing?.length ? entry(label.missingScopes, missing.join(' ')) : undefined}
</dl>
</details>`;
}

function entry(name: string, value: string): Html {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}

function footer(result: PageResult, options: PageOptions): HtmlValue {
  const links = footerLinks(result, options);
  if (links.length === 0) return undefined;
  return html`<footer>
${links.map(({ href, text }) => html`<a href="${href}">${text}</a>\n`)}</footer>`;
}
