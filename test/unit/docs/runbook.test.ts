import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runbook } from '../../../docs/runbook.ts';
import { OUTCOMES } from '../../../functions/activation/outcomes.ts';

const ROOT = join(import.meta.dirname, '../../..');

describe('docs/runbook.md', () => {
  it('is what the outcome table says: run `npm run docs` after changing it', () => {
    expect(readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8')).toBe(runbook());
  });

  it('has a paragraph for every code', () => {
    for (const code of Object.keys(OUTCOMES)) expect(runbook()).toContain(`\n## ${code}\n`);
  });
});

describe('every outcome', () => {
  const tests = ['test/unit', 'test/flow']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(ROOT, folder, file),
      ),
    )
    .filter((file) => file.endsWith('.test.ts') && file !== import.meta.filename)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

  it.each(Object.keys(OUTCOMES))('%s is named by a test', (code) => {
    expect(tests).toMatch(new RegExp(`\\b${code}\\b`));
  });
});
