/**
 * Stands in the bundles for `@aws-sdk/middleware-endpoint-discovery`.
 *
 * Removes the cache of discovered endpoints and the two collections libraries behind it, 10 KB, which
 * every DynamoDB client makes although no command of DynamoDB discovers its endpoint.
 *
 * Safe, because the part that would read the cache is a plugin that no command here installs; the
 * settings that it would read stay off, as they are by default.
 */

/** The configuration as it came: there is nothing to add for a plugin that is not there. */
export function resolveEndpointDiscoveryConfig<Config>(config: Config): Config {
  return config;
}

/** Where the setting would come from; it is read nowhere and stays off. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: false,
};
