import { createHash } from 'node:crypto';
import { type Branding, CARD } from './branding.ts';

/** Begins the part of the style that is for the dark scheme. */
export const PREFERS_DARK = '@media(prefers-color-scheme:dark)';

/** A violet of nobody's brand. */
const NEUTRAL_ACCENT = { light: '#6b3fa0', dark: '#c7a4f0' };

/**
 * The only style of the pages, inline: a page loads nothing. Colours have a contrast of at least 4.5 to 1 in both
 * schemes; the column is readable on a phone. What a tone says by its colour, its sign and its word say as well.
 */
export function styleOf({ accent = NEUTRAL_ACCENT }: Branding): string {
  return `
:root{color-scheme:light dark;--ink:#1f2433;--soft:#545b6f;--card:${CARD.light};--ground:#f3f3f8;--line:#dcdce6;--accent:${accent.light};--success:#1a7035;--attention:#8a5200;--failure:#b3261e}
${PREFERS_DARK}{:root{--ink:#eceaf4;--soft:#b3b0c4;--card:${CARD.dark};--ground:#16151c;--line:#3b3849;--accent:${accent.dark};--success:#6fdd8b;--attention:#f0c04e;--failure:#ff9d94}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.25rem;background:var(--ground);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{width:100%;max-width:34rem;background:linear-gradient(var(--accent) .3rem,var(--card) 0) border-box;border:1px solid var(--line);border-top:.3rem solid transparent;border-radius:.75rem;padding:clamp(1.25rem,5vw,2.25rem);overflow-wrap:anywhere}
.app{display:flex;flex-wrap:wrap;align-items:center;gap:.75rem;margin-bottom:1.5rem;font-weight:600}
.app img{max-width:9rem;max-height:3rem}
.app bdi{flex:1 1 9rem;text-align:left}
h1{margin:0 0 .75rem;font-size:clamp(1.35rem,5vw,1.7rem);line-height:1.25;text-wrap:balance}
h2{margin:1.25rem 0 .35rem;font-size:1rem}
p,ul{margin:0 0 .75rem}
p{text-wrap:pretty}
:lang(ja){word-break:auto-phrase}
ul{padding-inline-start:1.25rem}
a{color:var(--accent)}
.tone{display:flex;align-items:center;gap:.6rem;font-weight:600}
.tone span{flex:none;display:grid;place-items:center;width:1.9rem;height:1.9rem;color:var(--card);font-weight:700;line-height:1}
.success{color:var(--success)}
.success span{background:var(--success);clip-path:circle(50%)}
.attention{color:var(--attention)}
.attention span{background:var(--attention);clip-path:polygon(50% 0,100% 92%,0 92%);padding-top:.5rem}
.failure{color:var(--failure)}
.failure span{background:var(--failure);clip-path:polygon(30% 0,70% 0,100% 30%,100% 70%,70% 100%,30% 100%,0 70%,0 30%)}
.steps{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.5rem 0 0;padding:0;list-style:none}
.steps a{display:inline-block;padding:.6rem 1.1rem;border:2px solid var(--accent);border-radius:.5rem;font-weight:600;text-align:center;text-decoration:none}
.steps li:first-child a{background:var(--accent);color:var(--card)}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:.25rem}
details{margin-top:1.75rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}
summary{cursor:pointer;padding:.25rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem .9rem;margin:.75rem 0 0}
dd{margin:0}
@media(max-width:30rem){.steps{flex-direction:column}.steps a{display:block}dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}
.address{display:inline-block;max-width:100%}
code,dd{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
footer{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:1rem;font-size:.85rem}
footer a{padding:.25rem 0}
@media print{details::details-content{content-visibility:visible}}
`;
}

/**
 * Nothing is loaded, run, framed or sent from our pages. The one inline style is named by its hash; the logo, if there is
 * one, is in the page.
 *
 * @see {@link https://www.w3.org/TR/CSP3/#framework-directive-source-list CSP, source lists}
 */
export function contentSecurityPolicy(branding: Branding): string {
  const hash = createHash('sha256').update(styleOf(branding)).digest('base64');
  const images = branding.logo === undefined ? '' : ' img-src data:;';
  return `default-src 'none'; style-src 'sha256-${hash}';${images} base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
}
