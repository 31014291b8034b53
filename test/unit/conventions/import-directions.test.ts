import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../support/run-command.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The folder of a file, and what it imports. */
type Planted = readonly [folder: string, specifier: string];

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

const FORBIDDEN: readonly Planted[] = [
  ['functions', './pim/a.ts'],
  ['functions', '@aws-sdk/client-kms'],
  ['functions/pim', '../activation/a.ts'],
  ['functions/pim', '../environment.ts'],
  ['functions/pim', '@aws-sdk/client-kms'],
  ['functions/activation', '../http/a.ts'],
  ['functions/activation', '../tables/a.ts'],
  ['functions/activation', 'aws-lambda'],
  ['functions/activation', '../environment.ts'],
  ['functions/telemetry', '../http/a.ts'],
  ['functions/telemetry', '@smithy/types'],
  ['functions/tables', '../store/a.ts'],
  ['functions/tables', '@aws-sdk/client-dynamodb'],
  ['functions/store', '../http/a.ts'],
  ['functions/store', 'aws-lambda'],
  ['functions/login', '../store/a.ts'],
  ['functions/login', '@aws-sdk/client-dynamodb'],
  ['functions/http', '../store/a.ts'],
  ['functions/http', '@aws-sdk/client-dynamodb'],
  ['functions/http', '../../infra/a.ts'],
  ['functions/events', '../health/a.ts'],
  ['functions/health', '../../cli/a.ts'],
  ['functions/http', '../handlers/a.ts'],
  ['functions/handlers', './a.ts'],
  ['functions/handlers', '../../infra/a.ts'],
  ['functions/handlers', 'aws-cdk-lib/aws-lambda'],
  ['infra/compute', '../../local/a.ts'],
  ['infra', 'aws-lambda'],
  ['cli', '../infra/a.ts'],
  ['cli/stores', '../../reader/a.ts'],
  ['cli/stores', 'aws-cdk-lib'],
  ['reader', '../cli/a.ts'],
  ['reader/fetch', 'constructs'],
  ['local', '../cli/a.ts'],
  ['local/store', '../../test/a.ts'],
  ['infra', '../terminal/a.ts'],
  ['reader', '../terminal/a.ts'],
  ['terminal', '../cli/a.ts'],
  ['terminal', '@aws-sdk/client-kms'],
  ['simulator', '../reader/a.ts'],
  ['simulator', '../terminal/a.ts'],
  ['simulator/apps', '../../functions/pim/scopes.ts'],
  ['simulator/apps', '../../functions/pim/parse-url.ts'],
  ['simulator/apps', '@aws-sdk/client-kms'],
];

const ALLOWED: readonly Planted[] = [
  ['functions/activation', '../pim/a.ts'],
  ['functions/activation', './result.ts'],
  ['functions/tables', '../pim/a.ts'],
  ['functions/tables', '../activation/a.ts'],
  ['functions/store', '../tables/a.ts'],
  ['functions/store', '@aws-sdk/client-dynamodb'],
  ['functions/http', 'aws-lambda'],
  ['functions/handlers', '../http/a.ts'],
  ['functions/handlers', '@aws-sdk/client-kms'],
  ['functions/events', '../environment.ts'],
  ['infra/compute', '../../functions/environment.ts'],
  ['infra/events', 'aws-cdk-lib/aws-lambda'],
  ['cli/stores', '../../functions/tables/a.ts'],
  ['reader/fetch', '../../functions/pim/a.ts'],
  ['cli/stores', '../../terminal/a.ts'],
  ['cli/stores', '../terminal/a.ts'],
  ['local', '../terminal/a.ts'],
  ['local', '../simulator/a.ts'],
  ['local', '../reader/a.ts'],
];

/** The files that `oxlint` refuses, with our settings, in a project whose files import one thing each. */
async function refusedIn(project: string, planted: readonly Planted[]): Promise<Set<string>> {
  copyFileSync(join(ROOT, '.oxlintrc.json'), join(project, '.oxlintrc.json'));
  for (const one of planted) plant(project, one);
  const args = [join(ROOT, 'node_modules/oxlint/bin/oxlint'), '--format=json'];
  const { stdout } = await runCommand(process.execPath, args, { cwd: project });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
  const refused = diagnostics.filter(({ code }) => code === 'eslint(no-restricted-imports)');
  return new Set(refused.map(({ filename }) => filename));
}

function plant(project: string, planted: Planted): void {
  const file = join(project, fileOf(planted));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `export * from '${planted[1]}';\n`);
}

const fileOf = ([folder, specifier]: Planted) => `${folder}/${specifier.replaceAll('/', '_')}.ts`;

describe('the linter', () => {
  const project = mkdtempSync(join(tmpdir(), 'import-directions-'));
  let refused = new Set<string>();

  beforeAll(async () => {
    refused = await refusedIn(project, [...FORBIDDEN, ...ALLOWED]);
  });
  afterAll(() => rmSync(project, { recursive: true }));

  it.each(FORBIDDEN)('refuses that %s imports %s', (...planted) => {
    expect(refused).toContain(fileOf(planted));
  });

  it.each(ALLOWED)('lets %s import %s', (...planted) => {
    expect(refused).not.toContain(fileOf(planted));
  });
});
