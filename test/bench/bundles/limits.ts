/** How large a minified bundle may become, in bytes; a test fails the build beyond. */
export const LIMITS = {
  activate: 191_000,
  callback: 228_000,
  login: 189_000,
  health: 210_000,
  events: 190_000,
} as const;

/** The same of each module that an endpoint loads only when it needs it. */
export const LOADED_BY_NEED_LIMIT = 25_000;

/** Of which npm packages something is in such a module. */
export const LOADED_BY_NEED_PACKAGES = ['content-type', 'negotiator'] as const;

const SDK_CORE = [
  '@aws-sdk/core',
  '@aws-sdk/credential-provider-env',
  '@smithy/core',
  '@smithy/node-http-handler',
  '@smithy/signature-v4',
  '@smithy/types',
];
const DYNAMODB = ['@aws-sdk/client-dynamodb', '@aws-sdk/dynamodb-codec'];

/** Of which npm packages something is in a bundle: what comes in or goes away has to be written down here. */
export const PACKAGES = {
  activate: [...SDK_CORE, ...DYNAMODB],
  callback: [...SDK_CORE, ...DYNAMODB, '@aws-sdk/client-kms'],
  login: [...SDK_CORE, ...DYNAMODB],
  health: [...SDK_CORE, ...DYNAMODB, '@aws-sdk/client-kms'],
  events: [
    ...SDK_CORE,
    '@aws-sdk/client-eventbridge',
    '@aws-sdk/client-sqs',
    '@aws-sdk/middleware-sdk-sqs',
    '@aws-sdk/signature-v4-multi-region',
  ],
} as const;

/**
 * Modules of Node that no function may load until it has answered, each dear and needed by nothing: undici by the
 * first use of `fetch`, `Headers` and their kin or by an `import` of `node:http`, web streams and Web Crypto by a
 * look at the global, workers by an `import` of `node:util`, streams of files by an `import` of `node:fs`.
 */
export const FORBIDDEN_IN_NODE =
  /internal\/deps\/undici|internal\/webstreams\/|internal\/crypto\/webcrypto|internal\/fs\/streams|worker_threads/;

/**
 * Modules that must not come back into a bundle, as patterns of a path in it, each with what it would cost.
 * What was left out on purpose is listed in infra/bundling/bundling.ts.
 */
export const FORBIDDEN = {
  'undici, or what loads it': /undici|smithy\/fetch-http-handler|websocket/i,
  'credential sources that Lambda does not have':
    /client-sso|client-sts|sso-oidc|nested-clients|credential-provider-(?!env)|token-providers/,
  'tracing libraries': /powertools\/tracer|xray|opentelemetry/,
  'convenience layers over two calls': /lib-dynamodb|util-dynamodb/,
  'libraries for the event streams and endpoint caches that nothing uses':
    /eventstream-codec|mnemonist|obliterator/,
} as const;

/** What a bundle's own code must not name: globals whose first use loads all of undici. */
export const FORBIDDEN_GLOBALS = ['fetch', 'WebSocket', 'EventSource', 'FormData'] as const;
