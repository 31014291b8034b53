/** `npm run docs`: writes the pages that are made from code. */
import { writeFileSync } from 'node:fs';
import { runbook } from './runbook.ts';

writeFileSync(new URL('runbook.md', import.meta.url), runbook());
