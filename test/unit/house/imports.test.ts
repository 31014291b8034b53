import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** What each part may import of ours; a part is a folder of `functions`, or a folder at the top. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  pim: [],
  activation: ['pim'],
  telemetry: ['activation', 'pim'],
  store: ['activation', 'pim'],
  http: ['activation', 'pim', 'telemetry'],
  handlers: ['activation', 'events', 'health', 'http', 'pim', 'store', 'telemetry', 'functions'],
  health: ['activation', 'pim', 'store', 'telemetry', 'functions'],
  events: ['activation', 'pim', 'store', 'telemetry', 'functions'],
  functions: [],
};

/** Folders at the top may use all of `functions`, and of each other only this. */
const MAY_ALSO_IMPORT: Readonly<Record<string, readonly string[]>> = {
  infra: [],
  // `akeneo-app-activation/local` opens the local App's connections by the reader, with another cipher.
  local: ['reader', 'simulator'],
  cli: [],
  simulator: [],
  reader: [],
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

/** Every import, type import, re-export and dynamic import of a source text. */
function specifiersIn(source: string): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g;
  return [...source.matchAll(pattern)].map(([, specifier]) => specifier ?? '');
}

function importsOf(folder: string): Import[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file))
    .flatMap((file) =>
      specifiersIn(readFileSync(join(ROOT, file), 'utf8')).map((specifier) => ({
        file,
        specifier,
      })),
    );
}

function partOf(file: string): string {
  const [top = '', folder = ''] = file.split('/');
  if (top !== 'functions') return top;
  return folder.endsWith('.ts') ? 'functions' : folder;
}

function violation({ file, specifier }: Import): string | undefined {
  const from = partOf(file);
  if (!specifier.startsWith('.')) return foreignViolation(from, { file, specifier });
  const to = partOf(normalize(join(dirname(file), specifier)));
  const allowed = MAY_IMPORT[from] ?? [
    ...Object.keys(MAY_IMPORT),
    ...(MAY_ALSO_IMPORT[from] ?? []),
  ];
  return to === from || allowed.includes(to) ? undefined : `${file} imports ${specifier}`;
}

/** The flow and the protocol know nothing of AWS, not even its types; HTTP events stop at the edge. */
function foreignViolation(from: string, { file, specifier }: Import): string | undefined {
  const isAws = /^(@aws-sdk\/|@smithy\/|aws-cdk-lib|aws-lambda)/.test(specifier);
  const isEvent =
    specifier === 'aws-lambda' && !['http', 'health', 'events', 'local'].includes(from);
  const isForbidden = (isAws && ['pim', 'activation', 'telemetry'].includes(from)) || isEvent;
  return isForbidden ? `${file} imports ${specifier}` : undefined;
}

describe('imports', () => {
  const folders = ['functions', ...Object.keys(MAY_ALSO_IMPORT)];

  it.each(folders)('in %s run one way', (folder) => {
    const imports = importsOf(folder);
    expect(imports.length).toBeGreaterThan(10);
    expect(imports.map(violation).filter(Boolean)).toEqual([]);
  });

  it.each<[string, Import]>([
    [
      'the protocol looking up at the flow',
      { file: 'functions/pim/a.ts', specifier: '../activation/flow.ts' },
    ],
    ['a type of AWS in the flow', { file: 'functions/activation/a.ts', specifier: 'aws-lambda' }],
    ['an SDK in the protocol', { file: 'functions/pim/a.ts', specifier: '@aws-sdk/client-kms' }],
    [
      'a function that uses the infrastructure',
      { file: 'functions/http/a.ts', specifier: '../../infra/configuration/props.ts' },
    ],
    [
      'an endpoint using a handler',
      { file: 'functions/http/a.ts', specifier: '../handlers/callback.ts' },
    ],
    ['the reader using the command line', { file: 'reader/a.ts', specifier: '../cli/run.ts' }],
  ])('would be caught: %s', (_what, planted) => {
    expect(violation(planted)).toContain(planted.file);
  });

  it('are found in all their forms', () => {
    const source =
      "import a from 'a'; import type { B } from 'b'; export * from 'c'; await import('d'); import 'e';";
    expect(specifiersIn(source)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});
