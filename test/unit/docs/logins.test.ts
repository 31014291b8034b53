import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (path: string) =>
  readFileSync(new URL(`../../../docs/${path}`, import.meta.url), 'utf8');

it.each(['redeem_login.py', 'php/src/Akeneo/Logins.php'])(
  'docs/logins.md shows %s as it is',
  (file) => {
    expect(read('logins.md')).toContain(`\n${read(`examples/${file}`).trimEnd()}\n\`\`\`\n`);
  },
);
