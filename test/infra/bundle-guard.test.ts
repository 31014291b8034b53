import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleAsSynth, type MadeBundle } from '../bench/bundles/as-synth.ts';
import { FORBIDDEN, FORBIDDEN_GLOBALS, LIMITS, PACKAGES } from '../bench/bundles/limits.ts';
import { type BundleOf, synthesize } from '../bench/bundles/synth.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundle-guard-'));
afterAll(() => rmSync(folder, { recursive: true }));

let deployed: BundleOf;
beforeAll(async () => {
  deployed = await synthesize('tsx infra/app.ts', folder);
});

const FUNCTIONS = [
  { name: 'activate', place: 'Activate/Function', limit: LIMITS.activate },
  { name: 'callback', place: 'Callback/Function', limit: LIMITS.callback },
  { name: 'health', place: 'Health/Function', limit: LIMITS.health },
  { name: 'events', place: 'Events/Function', limit: LIMITS.events },
] as const;

function make(name: string): Promise<MadeBundle> {
  const entry = new URL(`../../functions/handlers/${name}.ts`, import.meta.url);
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

/** `@scope/name` or `name` of the innermost package that holds a file; nothing for a file of our own. */
function packageOf(path: string): string[] {
  const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  return found?.[1] === undefined ? [] : [found[1]];
}

/** Names that the code reads as globals, however it was minified. */
function usesGlobal(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w.$"'\`-])${name}\\(|globalThis\\.${name}\\b|new ${name}\\b`).test(
    code,
  );
}

describe('the guard', () => {
  it('knows every function', () => {
    const files = readdirSync(new URL('../../functions/handlers/', import.meta.url));
    const names = files.map((file) => basename(file, '.ts'));
    expect(names.toSorted()).toEqual(FUNCTIONS.map(({ name }) => name).toSorted());
  });
});

describe.each(FUNCTIONS)('the bundle of $name', ({ name, place, limit }) => {
  let made: MadeBundle;
  beforeAll(async () => {
    made = await make(name);
  });

  it('is the one whose modules are looked at here', () => {
    expect(made.code === readFileSync(deployed(place), 'utf8')).toBe(true);
  });

  it(`has at most ${limit} bytes`, () => {
    expect(readFileSync(deployed(place)).length).toBeLessThanOrEqual(limit);
  });

  it.each(Object.entries(FORBIDDEN))('holds nothing of %s', (_, pattern) => {
    expect(modulesOf(made).filter((path) => pattern.test(path))).toEqual([]);
  });

  // What is forbidden by name lets everything else in: another package of the SDK came and the guard stayed green.
  it('holds parts of these packages and of no other', () => {
    const packages = new Set(modulesOf(made).flatMap(packageOf));
    expect([...packages].toSorted()).toEqual(PACKAGES[name].toSorted());
  });

  it('names no global that loads undici', () => {
    expect(FORBIDDEN_GLOBALS.filter((global) => usesGlobal(made.code, global))).toEqual([]);
  });

  it('loads nothing but modules of Node', () => {
    const loaded = Object.values(made.metafile.outputs).flatMap(({ imports }) => imports);
    expect(loaded.filter(({ path }) => !/^(node:)?[a-z_/]+$/.test(path))).toEqual([]);
  });
});
