/** `npm run docs`: writes what is made from code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { MADE_PAGES } from './pages.ts';

for (const [name, make] of Object.entries(MADE_PAGES)) {
  const page = new URL(name, import.meta.url);
  writeFileSync(page, make(readFileSync(page, 'utf8')));
}
