import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryPointsOf } from '../../infra/bundling/bundling.ts';
import { bundleAsSynth, type MadeBundle } from '../bench/bundles/as-synth.ts';
import {
  FORBIDDEN,
  FORBIDDEN_GLOBALS,
  LIMITS,
  LOADED_BY_NEED_LIMIT,
  LOADED_BY_NEED_PACKAGES,
  PACKAGES,
} from '../bench/bundles/limits.ts';
import { type BundleOf, synthesize } from '../bench/bundles/synth.ts';

const folder = mkdtempSync(join(tmpdir(), 'bundle-guard-'));
afterAll(() => rmSync(folder, { recursive: true }));

let deployed: BundleOf;
beforeAll(async () => {
  deployed = await synthesize('tsx infra/app.ts', folder, ['identity=true']);
});

const FUNCTIONS = [
  { name: 'activate', place: 'Activate/Function', limit: LIMITS.activate },
  { name: 'callback', place: 'Callback/Function', limit: LIMITS.callback },
  { name: 'login', place: 'Login/Function', limit: LIMITS.login },
  { name: 'health', place: 'Health/Function', limit: LIMITS.health },
  { name: 'events', place: 'Events/Function', limit: LIMITS.events },
] as const;

/** Modules that lie beside the bundles of both endpoints. */
const { index: _activate, ...OF_BOTH } = entryPointsOf('activate');

/** Modules that lie beside a bundle. */
const { index: _callback, ...LOADED_BY_NEED } = entryPointsOf('callback');

/** Every path that a bundle imports and that is no module of Node. */
function foreignImports({ metafile }: MadeBundle): string[] {
  const loaded = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
  return loaded.map(({ path }) => path).filter((path) => !/^(node:)?[a-z_/]+$/.test(path));
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
    const names = new Set(files.map((file) => basename(file, '.ts')));
    // For a development stage alone, where nobody waits for it.
    names.delete('simulated-pim');
    expect(names).toEqual(new Set(FUNCTIONS.map(({ name }) => name)));
  });
});

describe.each(FUNCTIONS)('the bundle of $name', ({ name, place, limit }) => {
  const made = bundleAsSynth(entryPointsOf(name)['index'] ?? '');

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
    expect(foreignImports(made)).toEqual([]);
  });
});

describe('what an endpoint loads only when it needs it', () => {
  it('lies beside the bundles of both endpoints', () => {
    const places = ['Activate/Function', 'Callback/Function'];
    for (const [name, entry] of Object.entries(OF_BOTH)) {
      const { code } = bundleAsSynth(entry);
      const files = places.map((place) => join(dirname(deployed(place)), `${name}.mjs`));
      expect(files.map((file) => readFileSync(file, 'utf8') === code)).toEqual([true, true]);
    }
  });

  it.each(Object.entries(LOADED_BY_NEED))('is small and complete: %s', (_name, entry) => {
    const made = bundleAsSynth(entry);
    expect(Buffer.byteLength(made.code)).toBeLessThanOrEqual(LOADED_BY_NEED_LIMIT);
    expect(foreignImports(made)).toEqual([]);
  });

  it('holds parts of these packages and of no other', () => {
    const packages = Object.values(LOADED_BY_NEED).flatMap((entry) =>
      modulesOf(bundleAsSynth(entry)).flatMap(packageOf),
    );
    expect([...new Set(packages)].toSorted()).toEqual(LOADED_BY_NEED_PACKAGES);
  });

  it('is in no bundle that a cold start loads', () => {
    const lazy = /^functions\/pages\/(?!write-answer)/;
    const loaded = FUNCTIONS.flatMap(({ name }) =>
      modulesOf(bundleAsSynth(entryPointsOf(name)['index'] ?? '')),
    );
    expect(loaded).toContain('functions/pages/write-answer.ts');
    expect(loaded.filter((path) => lazy.test(path))).toEqual([]);
  });

  it('is all that callback has of logins, but for what loads it', () => {
    const ofLogins = /^functions\/(login|pim\/(id-token|public-keys)|tables\/logins)/;
    const loaded = modulesOf(bundleAsSynth(entryPointsOf('callback')['index'] ?? ''));
    expect(loaded.filter((path) => ofLogins.test(path))).toEqual(['functions/login/logins.ts']);
  });
});
