import type { BuildOptions } from 'esbuild';
import { BUNDLING } from '../../../infra/bundling/bundling.ts';

/** The settings of the bundles with one technique left out, so that it shows what that one is worth. */
export interface Technique {
  readonly id: string;
  /** What is left out. */
  readonly label: string;
  readonly bundling: BuildOptions;
}

/** The deployed bundles, which the others are compared with. */
export const AS_DEPLOYED: Technique = {
  id: 'asDeployed',
  label: 'nothing: as deployed',
  bundling: BUNDLING,
};

/** What `NodejsFunction` does by itself, with the SDK in the bundle. */
export const PLAIN: Technique = {
  id: 'plain',
  label: 'all of it: the plain build',
  bundling: { bundle: true, platform: 'node', target: 'node24' },
};

/**
 * The modules that are replaced, by the technique that replaces them. The codec of event streams wants a checksum, and
 * the other sources of credentials want parts of `node:crypto` and of `node:fs`, that the replaced modules do not have, so
 * these can only be left out together.
 */
export const REPLACED: Readonly<Record<string, readonly [label: string, ...modules: string[]]>> = {
  credentials: [
    'credentials from the environment only, nor lean `node:crypto` and `node:fs`, which need that',
    '@aws-sdk/credential-provider-node',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
  ],
  nodeHttp: ['no undici behind `node:http`', 'node:http', 'http'],
  lazyExports: [
    'no lazy exports of `node:crypto` and `node:process`',
    'node:crypto',
    'node:process',
  ],
  files: ['no streams of files, nor configuration files', 'node:fs', 'node:fs/promises'],
  eventStreams: [
    'no event streams, nor SHA-256 of Node, which needs that',
    '@smithy/core/event-streams',
    '@smithy/core/checksum',
  ],
  endpointDiscovery: ['no endpoint discovery', '@aws-sdk/middleware-endpoint-discovery'],
  sha256: ['SHA-256 of Node', '@smithy/core/checksum'],
  invokeStore: ['invoke store of the runtime', '@aws/lambda-invoke-store'],
};

/** Each technique left out alone, and all of them. */
export const TECHNIQUES: readonly Technique[] = [
  AS_DEPLOYED,
  without('minify', 'minifying', { minify: false }),
  // What `require`s modules of Node cannot be bundled as an ES module.
  without('mainFields', 'the SDK’s ES modules (`mainFields`), so CommonJS', {
    mainFields: ['main', 'module'],
    format: 'cjs',
  }),
  ...Object.entries(REPLACED).map(([id, [label, ...modules]]) =>
    without(id, label, { alias: aliasesWithout(modules) }),
  ),
  without('noWebGlobals', 'no question for web streams and Web Crypto (`define`)', { define: {} }),
  without('noPackageFiles', 'no `package.json` of the clients (`loader`)', { loader: {} }),
  without('esm', 'the bundle as an ES module: CommonJS', { format: 'cjs' }),
  PLAIN,
];

function without(id: string, label: string, change: BuildOptions): Technique {
  return { id, label, bundling: { ...BUNDLING, ...change } };
}

function aliasesWithout(modules: readonly string[]): Record<string, string> {
  const aliases = Object.entries(BUNDLING.alias ?? {});
  return Object.fromEntries(aliases.filter(([module]) => !modules.includes(module)));
}
