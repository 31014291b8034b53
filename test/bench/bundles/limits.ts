/** How large a minified bundle may become, in bytes; a test fails the build beyond. */
export const LIMITS = {
  activate: 200_000,
  callback: 240_000,
  health: 210_000,
  events: 162_000,
} as const;

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
