import { createHash } from 'node:crypto';
import { OUTCOMES } from '../activation/outcomes/index.ts';
import type { Refused, Shown } from '../activation/result.ts';
import type { PimUrl } from '../pim/pim-url.ts';
import { Html, type HtmlValue, html } from './html.ts';
import { STYLE } from './style.ts';

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

/**
 * A page for two readers: the PIM user, who learns what happened and what to do, and the operator, who is
 * shown the code and the number to look for in the log. Every value is escaped.
 */
export function page(result: Shown | Refused, requestId: string): string {
  const { title, next } = OUTCOMES[result.code];
  const { pim } = result.context;
  const content = html`<main>
${mark(result.kind)}
<h1>${title}</h1>
${subject(result)}
<p>${next}</p>
${missingScopes(result)}
${operatorHint(result)}
${startAgain(result)}
<dl>
${pim && entry('PIM', pim.toString())}
${entry('Result code', result.code)}
${entry('Request ID', requestId)}
</dl>
</main>`;
  return skeleton(title, content);
}

function skeleton(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
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

function subject({ kind, context }: Shown | Refused): HtmlValue {
  if (!context.pim || kind !== 'shown') return undefined;
  return html`<p>The App is connected to <code>${context.pim.toString()}</code>.</p>`;
}

function missingScopes({ context }: Shown | Refused): HtmlValue {
  if (!context.missingScopes?.length) return undefined;
  const names = context.missingScopes.map((name) => html`<li><code>${name}</code></li>`);
  return html`<h2>Some rights are missing</h2>
<p>Your PIM user may not grant:</p>
<ul>${names}</ul>
<p>${OUTCOMES.connected_with_missing_scopes.next}</p>`;
}

function operatorHint({ code, context }: Shown | Refused): HtmlValue {
  if (code !== 'pim_not_listed' || !context.pim) return undefined;
  return html`<h2>For the people who run this App</h2>
<p>Add this PIM with <code>npm run app -- pims add ${shellWord(context.pim.toString())}</code></p>`;
}

/** The address is a stranger's, and the command is there to be pasted: a shell must read it as one plain word. */
function shellWord(text: string): string {
  return /^[\w:/.%~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function startAgain(result: Shown | Refused): HtmlValue {
  const pim = result.kind === 'refused' ? result.startAgain : undefined;
  return pim && html`<p><a class="button" href="${activateUrl(pim)}">Start again</a></p>`;
}

/** Relative to the callback, as both routes live under the same path. */
function activateUrl(pim: PimUrl): string {
  return `activate?${new URLSearchParams({ pim_url: pim.toString() }).toString()}`;
}

function entry(name: string, value: string): Html {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}
