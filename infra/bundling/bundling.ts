import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions, BuildResult } from 'esbuild';

/** What is bundled instead of a module; each file says what that removes and why it is safe. */
const REPLACEMENTS = {
  '@aws-sdk/credential-provider-node': './lambda-credentials.ts',
  '@smithy/core/event-streams': './no-event-streams.ts',
  '@aws-sdk/middleware-endpoint-discovery': './no-endpoint-discovery.ts',
  '@smithy/core/checksum': './node-checksum.ts',
  '@aws/lambda-invoke-store': './runtime-invoke-store.ts',
  'node:http': './node-http.ts',
  http: './node-http.ts',
  'node:crypto': './node-crypto.ts',
  'node:fs': './node-fs.ts',
  'node:fs/promises': './no-configuration-files.ts',
  'node:process': './node-process.ts',
};

/**
 * How the functions are bundled: for the shortest cold start, because nearly every PIM user meets a cold
 * function while an authorization code that lives 30 seconds is under way. What each setting bought is
 * in docs/performance.md; that the SDK still behaves is proved in test/store.
 *
 * - `bundle`, the SDK too: the runtime's own SDK is read from hundreds of files and changes without notice.
 * - `format` and `mainFields`: the ESM builds of the SDK are the ones that esbuild can shake unused
 *   code out of; loading happens during initialisation, where the processor is unthrottled.
 * - `minify` without a source map: less to read and to parse; a defect is logged with its frames.
 * - `define`: the SDK asks of every answer whether it is a web stream, and once whether there is a global `crypto`;
 *   the question alone makes Node load its web streams, or Web Crypto. No handler of ours makes such a stream; the
 *   SDK makes its UUIDs from `node:crypto` instead.
 * - `loader`: each client bundles its whole `package.json` for one thing, the version that it names in `User-Agent`.
 *   Without it, CloudTrail shows the SDK without a version, and the asset of the deployment has it.
 * - `alias`: the replacements above.
 *
 * @see {@link https://aws.amazon.com/blogs/developer/reduce-lambda-cold-start-times-migrate-to-aws-sdk-for-javascript-v3/ Cold starts and the AWS SDK}
 */
export const BUNDLING: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  define: { ReadableStream: 'undefined', crypto: 'undefined' },
  loader: { '.json': 'empty' },
  alias: Object.fromEntries(
    Object.entries(REPLACEMENTS).map(([module, file]) => [
      module,
      fileURLToPath(new URL(file, import.meta.url)),
    ]),
  ),
};

/** The files that are bundled, by the name of what comes out of each, without its extension. */
export type EntryPoints = Readonly<Record<string, string>>;

/**
 * What a function consists of: its handler, and each module that it loads only when it needs it. Each is bundled for
 * itself, so a cold start reads one file.
 *
 * @param handler name of its file in `functions/handlers`.
 */
export function entryPointsOf(handler: string): EntryPoints {
  return {
    index: inProject(`functions/handlers/${handler}.ts`),
    ...LOADED_BY_NEED[handler]?.(),
  };
}

/** What `importBeside` loads, by the function that does. */
const LOADED_BY_NEED: Readonly<Record<string, () => EntryPoints>> = {
  activate: pages,
  callback: () => ({
    ...pages(),
    'verify-login': inProject('functions/login/verify-login.ts'),
  }),
  login: pages,
};

/** What writes pages, and its languages. */
function pages(): EntryPoints {
  const languages = readdirSync(inProject('functions/pages/languages')).map(
    (file) => `languages/${basename(file, '.ts')}`,
  );
  return Object.fromEntries(
    ['answer', ...languages].map((name) => [name, inProject(`functions/pages/${name}.ts`)]),
  );
}

/** Bundles files into a folder, each for itself. */
export function bundle(
  entryPoints: EntryPoints,
  outdir: string,
  settings: BuildOptions = BUNDLING,
): BuildResult {
  // The published package has its bundles, and so needs no bundler.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof import('esbuild');
  const outExtension = { '.js': settings.format === 'esm' ? '.mjs' : '.js' };
  return buildSync({ ...settings, entryPoints: { ...entryPoints }, outdir, outExtension });
}

/** The path of a file or folder of the project, or of the published package. */
export function inProject(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
