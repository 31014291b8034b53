import { readFile } from 'node:fs/promises';
import { type Answer, html, redirect } from '../http/answer.ts';
import { notFoundPage } from '../http/pages.ts';
import type { Exchange } from '../http/router.ts';
import type { VisitorExchange } from '../users/guards.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=UTF-8',
  js: 'text/javascript; charset=UTF-8',
};

/** `GET /`: the PIM's application, whose pages are behind the `#`. */
export async function showApplication({ pim, session }: VisitorExchange): Promise<Answer> {
  if (!session.account) return redirect(`${pim.path}/user/login`);
  return html(200, await assetText('index.html'));
}

/** `GET /assets/{name}`: its style and its script. */
export async function showAsset({ segment }: Exchange): Promise<Answer> {
  const [, extension = ''] = /^[a-z-]+\.(css|js)$/.exec(segment) ?? [];
  const contentType = CONTENT_TYPES[extension];
  if (contentType === undefined) return notFoundPage();
  try {
    const body = await assetText(segment);
    return { status: 200, headers: { 'content-type': contentType }, body };
  } catch {
    return notFoundPage();
  }
}

function assetText(name: string): Promise<string> {
  return readFile(new URL(`assets/${name}`, import.meta.url), 'utf8');
}
