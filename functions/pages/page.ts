import { createHash } from 'node:crypto';
import type { PimUrl } from '../pim/pim-url.ts';
import type { Texts } from './language.ts';
import type { PageResult } from './write-answer.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Markup that is safe to send: made by {@link html}, or a constant of our own. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** Joins a template with its values, escaping texts; written as {@link html}. */
  static template(strings: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    const parts = strings.map((part, index) => part + render(values[index]));
    return new Html(parts.join(''));
  }

  /** For text of this repository only; never for anything that came in. */
  static constant(markup: string): Html {
    return new Html(markup);
  }

  /** The markup. */
  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text, which is escaped, markup, or nothing. */
export type HtmlValue = string | Html | readonly Html[] | undefined;

/** Tagged template in which every value is escaped unless it is markup already. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return Html.template(strings, values);
}

/** A text with its placeholders filled in. */
export function filled(text: string, values: Readonly<Record<string, HtmlValue>>): Html {
  const parts = text.split(/\{(\w+)\}/);
  // Every second part is the name of a placeholder.
  return html`${parts.map((part, index) => html`${index % 2 === 0 ? part : values[part]}`)}`;
}

function render(value: HtmlValue): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
  return value instanceof Html ? value.toString() : value.join('');
}

/**
 * The only style of the pages, inline: a page loads nothing. Colours have a contrast of at least 4.5 to 1 in
 * both schemes; the column is readable on a phone.
 */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1f2433;--soft:#545b6f;--card:#fff;--ground:#f3f3f8;--line:#dcdce6;--accent:#6b3fa0}
@media(prefers-color-scheme:dark){:root{--ink:#eceaf4;--soft:#b3b0c4;--card:#23212d;--ground:#16151c;--line:#3b3849;--accent:#c7a4f0}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:34rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:clamp(1.25rem,5vw,2.25rem);overflow-wrap:anywhere}
h1{margin:0 0 .75rem;font-size:clamp(1.35rem,5vw,1.7rem);line-height:1.25}
h2{margin:1.5rem 0 .35rem;font-size:1rem}
p,ul{margin:0 0 .75rem}
ul{padding-left:1.25rem}
.mark{display:grid;place-items:center;width:2.75rem;height:2.75rem;margin-bottom:1rem;border-radius:50%;border:2px solid var(--accent);color:var(--accent);font-size:1.35rem;font-weight:700}
a.button{display:inline-block;margin-top:.35rem;padding:.6rem 1.1rem;border-radius:.5rem;border:2px solid var(--accent);color:var(--accent);font-weight:600;text-decoration:none}
a.button:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem .9rem;margin:1.5rem 0 0;padding-top:1rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}
dd{margin:0}
@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
code,dd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
`;

/**
 * Nothing is loaded, run, framed or sent from our pages; the one inline style is named by its hash.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#framework-directive-source-list CSP, source lists}
 */
export function contentSecurityPolicy(): string {
  styleHash ??= createHash('sha256').update(STYLE).digest('base64');
  return `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}

let styleHash: string | undefined;

/** What a page is written for. */
export interface PageOptions {
  readonly requestId: string;
  /** How many levels the request's path lies below the endpoints' own. */
  readonly depth: number;
  /** BCP 47 tag of the texts. */
  readonly language: string;
  readonly texts: Texts;
}

/**
 * A page for two readers: the PIM user, who learns what happened and what to do, and the operator, who is shown the code
 * and the ID to look for in the log. Every value is escaped.
 */
export function page(
  result: PageResult,
  { requestId, depth, language, texts }: PageOptions,
): string {
  const { title, next } = texts.outcome[result.code];
  const { pim } = result.context;
  const content = html`<main>
${mark(result.kind)}
<h1>${title}</h1>
${subject(result, texts)}
<p>${next}</p>
${missingScopes(result, texts)}
${operatorHint(result, texts)}
${startAgain(result, depth, texts)}
<dl>
${pim && entry(texts.label.pim, pim.toString())}
${entry(texts.label.resultCode, result.code)}
${entry(texts.label.requestId, requestId)}
</dl>
</main>`;
  return skeleton(title, content, language);
}

function skeleton(title: string, content: Html, language: string): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
${STYLE_ELEMENT}
</head>
<body>
${content}
</body>
</html>
`.toString();
}

/** Our own constant, byte for byte what the hash in the policy stands for. */
const STYLE_ELEMENT = Html.constant(`<style>${STYLE}</style>`);

function mark(kind: 'shown' | 'refused'): Html {
  const sign = kind === 'shown' ? '✓' : '!';
  return html`<div class="mark" aria-hidden="true">${sign}</div>`;
}

function subject({ kind, context }: PageResult, { sentence }: Texts): HtmlValue {
  if (!context.pim || kind !== 'shown') return undefined;
  const pim = html`<code>${context.pim.toString()}</code>`;
  return html`<p>${filled(sentence.connectedTo, { pim })}</p>`;
}

function missingScopes({ context }: PageResult, { heading, sentence, next }: Texts): HtmlValue {
  if (!context.missingScopes?.length) return undefined;
  const names = context.missingScopes.map((name) => html`<li><code>${name}</code></li>`);
  return html`<h2>${heading.missingRights}</h2>
<p>${sentence.mayNotGrant}</p>
<ul>${names}</ul>
<p>${next.missingRights}</p>`;
}

function operatorHint({ code, context }: PageResult, { heading, sentence }: Texts): HtmlValue {
  if (code !== 'pim_not_listed' || !context.pim) return undefined;
  const command = html`<code>npm run app -- pims add ${shellWord(context.pim.toString())}</code>`;
  return html`<h2>${heading.forOperators}</h2>
<p>${filled(sentence.addPim, { command })}</p>`;
}

/** The address is a stranger's, and the command is there to be pasted: a shell must read it as one plain word. */
function shellWord(text: string): string {
  return /^[\w:/.%~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function startAgain(result: PageResult, depth: number, { button }: Texts): HtmlValue {
  const pim = result.kind === 'refused' ? result.startAgain : undefined;
  return (
    pim && html`<p><a class="button" href="${activateUrl(pim, depth)}">${button.startAgain}</a></p>`
  );
}

/** Relative to the callback, so that it works under any stage or path. */
function activateUrl(pim: PimUrl, depth: number): string {
  return `${'../'.repeat(depth)}activate?${new URLSearchParams({ pim_url: pim.toString() }).toString()}`;
}

function entry(name: string, value: string): Html {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}
