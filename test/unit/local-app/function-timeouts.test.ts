import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FUNCTION_TIMEOUTS_MS } from '../../../local/endpoints.ts';

/** Reads the source, because to synthesize the stack takes seconds. */
function deployedTimeoutMs(name: string): number {
  const file = join(import.meta.dirname, `../../../infra/compute/${name}-function.ts`);
  const [, seconds] = /timeout: Duration\.seconds\((\d+)\)/.exec(readFileSync(file, 'utf8')) ?? [];
  return Number(seconds) * 1_000;
}

describe('the local App', () => {
  it.each(['activate', 'callback'])('gives %s as much time as the stack does', (name) => {
    expect(FUNCTION_TIMEOUTS_MS[`GET /${name}`]).toBe(deployedTimeoutMs(name));
  });
});
