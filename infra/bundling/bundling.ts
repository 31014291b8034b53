import { fileURLToPath } from 'node:url';
import { type BundlingOptions, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

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
  'node:process': './node-process.ts',
};

/**
 * How the functions are bundled: for the shortest cold start, because nearly every PIM user meets a cold
 * function while an authorization code that lives 30 seconds is under way. What each setting bought is
 * in docs/performance.md; that the SDK still behaves is proved in test/store.
 *
 * - `bundleAwsSDK`: the runtime's own SDK is read from hundreds of files and changes without notice.
 * - `format` and `mainFields`: the ESM builds of the SDK are the ones that esbuild can shake unused
 *   code out of; loading happens during initialisation, where the processor is unthrottled.
 * - `minify` without a source map: less to read and to parse; a defect is logged with its frames.
 * - `define`: the SDK asks of every answer whether it is a web stream, and once whether there is a global `crypto`;
 *   the question alone makes Node load its web streams, or Web Crypto. No handler of ours makes such a stream; the
 *   SDK makes its UUIDs from `node:crypto` instead.
 * - `loader`: each client bundles its whole `package.json` for one thing, the version that it names in `User-Agent`.
 *   Without it, CloudTrail shows the SDK without a version, and the asset of the deployment has it.
 * - `--alias`: the replacements above.
 *
 * @see {@link https://aws.amazon.com/blogs/developer/reduce-lambda-cold-start-times-migrate-to-aws-sdk-for-javascript-v3/ Cold starts and the AWS SDK}
 */
export const BUNDLING: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  mainFields: ['module', 'main'],
  bundleAwsSDK: true,
  minify: true,
  sourceMap: false,
  define: { ReadableStream: 'undefined', crypto: 'undefined' },
  loader: { '.json': 'empty' },
  esbuildArgs: { '--alias': aliases() },
};

function aliases(): string[] {
  return Object.entries(REPLACEMENTS).map(([module, file]) => `${module}=${pathOf(file)}`);
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
