import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleAsSynth, type MadeBundle } from '../bench/bundles/as-synth.ts';
import { FORBIDDEN, FORBIDDEN_GLOBALS, LIMITS } from '../bench/bundles/limits.ts';
import { type BundleOf, synthesize } from '../bench/bundles/synth.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundle-guard-'));
afterAll(() => rmSync(folder, { recursive: true }));

let deployed: BundleOf;
beforeAll(async () => {
  deployed = await synthesize('tsx infra/app.ts', folder);
});

const ENDPOINTS = [
  { endpoint: 'activate', place: 'Activate/Function', limit: LIMITS.activate },
  { endpoint: 'callback', place: 'Callback/Function', limit: LIMITS.callback },
] as const;

function made(endpoint: string): Promise<MadeBundle> {
  const entry = new URL(`../../functions/${endpoint}/handler.ts`, import.meta.url);
  return bundleAsSynth(fileURLToPath(entry));
}

/** The paths of the files of which something is in the bundle. */
function modulesOf({ metafile }: MadeBundle): string[] {
  return Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
}

/** Names that the code reads as globals, however it was minified. */
function usesGlobal(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w.$"'\`-])${name}\\(|globalThis\\.${name}\\b|new ${name}\\b`).test(
    code,
  );
}

describe.each(ENDPOINTS)('the bundle of $endpoint', ({ endpoint, place, limit }) => {
  it('is the one whose modules are looked at here', async () => {
    const { code } = await made(endpoint);
    expect(code === readFileSync(deployed(place), 'utf8')).toBe(true);
  });

  it(`has at most ${limit} bytes`, () => {
    expect(readFileSync(deployed(place)).length).toBeLessThanOrEqual(limit);
  });

  it.each(Object.entries(FORBIDDEN))('holds nothing of %s', async (_, pattern) => {
    const modules = modulesOf(await made(endpoint));
    expect(modules.filter((path) => pattern.test(path))).toEqual([]);
  });

  it('names no global that loads undici', async () => {
    const { code } = await made(endpoint);
    expect(FORBIDDEN_GLOBALS.filter((name) => usesGlobal(code, name))).toEqual([]);
  });

  it('loads nothing but modules of Node', async () => {
    const { metafile } = await made(endpoint);
    const loaded = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    expect(loaded.filter(({ path }) => !/^(node:)?[a-z_/]+$/.test(path))).toEqual([]);
  });
});
