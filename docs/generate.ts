/** `npm run docs`: writes what is made from code. */
import { readFileSync, writeFileSync } from 'node:fs';
import { backEndsPage } from './back-ends-tables.ts';
import { operatePage } from './costs.ts';
import { runbook } from './runbook.ts';

const page = (name: string) => new URL(name, import.meta.url);

writeFileSync(page('runbook.md'), runbook());
writeFileSync(page('back-ends.md'), backEndsPage(readFileSync(page('back-ends.md'), 'utf8')));
writeFileSync(page('operate.md'), operatePage(readFileSync(page('operate.md'), 'utf8')));
