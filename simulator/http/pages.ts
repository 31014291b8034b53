import { type Answer, html } from './answer.ts';

/** A small page of the PIM itself, apart from its application: an error, the login. */
export function smallPage(status: number, title: string, content: string): Answer {
  return html(
    status,
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Simulated Akeneo PIM</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; display: grid; place-items: center; min-height: 100vh;
  background: light-dark(#f6f2fa, #17121d); color: light-dark(#2a2333, #efe9f6); }
main { max-width: 26rem; padding: 2rem; text-align: center; }
h1 { color: light-dark(#6b2f86, #d3a6e8); }
button { font: inherit; padding: .6rem 1.2rem; margin: .3rem; border: 0; border-radius: 2rem; cursor: pointer;
  background: #763e9e; color: #fff; }
</style>
</head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>`,
  );
}

/** The PIM's page for a user who may not do this. */
export function forbiddenPage(): Answer {
  return smallPage(403, 'Access forbidden', '<p>You do not have permission to see this page.</p>');
}

/** The PIM's page for an unknown address. */
export function notFoundPage(): Answer {
  return smallPage(404, 'Page not found', '<p>The PIM has nothing at this address.</p>');
}

/** The PIM's login, which asks for no password. */
export function loginPage(action: string): Answer {
  return smallPage(
    200,
    'Log in',
    `<p>Who are you?</p>
<form method="post" action="${action}">
<button name="mode" value="manage">Julia, who manages apps</button>
<button name="mode" value="open">Mary, who only opens apps</button>
</form>`,
  );
}
