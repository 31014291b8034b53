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
