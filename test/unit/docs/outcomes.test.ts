import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../functions/activation/outcomes.ts';

const ROOT = join(import.meta.dirname, '../../..');

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
