import { Agent } from 'node:https';

/**
 * How the HTTPS connections to PIMs are made, where that is not as usual: through the proxy of the environment when
 * `NODE_USE_ENV_PROXY` is `1`, and trusting further authorities; `undefined` when neither is asked for. Like without it,
 * each request gets a connection of its own.
 *
 * @param env of the process: `HTTPS_PROXY` and `NO_PROXY` count as Node 24 reads them. Earlier versions know no proxies.
 * @param authorities certificates in PEM, trusted in addition to those that Node trusts.
 * @see {@link https://nodejs.org/api/http.html#built-in-proxy-support Built-in proxy support}
 */
export function pimAgent(env: NodeJS.ProcessEnv, authorities?: string): Agent | undefined {
  const usesProxy = env['NODE_USE_ENV_PROXY'] === '1';
  if (!usesProxy && authorities === undefined) return undefined;
  return new Agent({
    ...(usesProxy && { proxyEnv: env }),
    ...(authorities !== undefined && { secureContext: trusting(authorities) }),
  });
}

/**
 * Made once: with the setting `ca` each connection would read a hundred and forty certificates anew. Not by an `import`,
 * which reads every export of `node:tls`, also the list of certificates.
 */
function trusting(authorities: string) {
  const tls = process.getBuiltinModule('node:tls');
  // Before version 22.15, Node could not name all of its defaults.
  const { getCACertificates }: Partial<typeof tls> = tls;
  const defaults = getCACertificates?.('default') ?? tls.rootCertificates;
  return tls.createSecureContext({ ca: [...defaults, authorities] });
}
