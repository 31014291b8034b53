import { type ClientRequest, request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { parseUrl } from '../functions/pim/parse-url.ts';
import { isLoopback } from '../functions/pim/pim-url.ts';
import { usageError } from './operator-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for an https address, by `HTTPS_PROXY` and `NO_PROXY`, of which the spelling in lower case comes first.
 * This machine is never reached through a proxy. Written here because Node knows proxies from 22.21 only.
 *
 * @throws {OperatorError} for a proxy whose address means nothing.
 * @see {@link https://nodejs.org/api/http.html#built-in-proxy-support Built-in proxy support}
 */
export function proxyFor(
  { protocol, hostname, port }: Pick<URL, 'protocol' | 'hostname' | 'port'>,
  env: Environment,
): URL | undefined {
  const proxy = env['https_proxy'] ?? env['HTTPS_PROXY'];
  if (!proxy || protocol !== 'https:' || isLoopback(hostname)) return undefined;
  const exceptions = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').toLowerCase().split(/[\s,]+/);
  const isDirect = exceptions.some((one) => covers(one, hostname.toLowerCase(), port || '443'));
  return isDirect ? undefined : parseProxy(proxy);
}

/** An exception is `*`, a name (which covers the names below it), `.name`, `*.name`, or one of these with a port. */
function covers(exception: string, hostname: string, port: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const [, name = exception, onlyPort = port] = /^(.+?):(\d+)$/.exec(exception) ?? [];
  const domain = name.replace(/^\*?\./, '');
  return onlyPort === port && (hostname === domain || hostname.endsWith(`.${domain}`));
}

/** The address is not repeated, since it may hold a password. */
function parseProxy(text: string): URL {
  const url = parseUrl(text.includes('://') ? text : `http://${text}`);
  if (url && /^https?:$/.test(url.protocol) && isDecodable(url)) return url;
  throw usageError(
    'HTTPS_PROXY is not the address of a proxy.',
    'Set it to one such as http://proxy.example.com:3128, with a % in a password written as %25, or unset it.',
  );
}

/** False for a password with a `%` of its own, which would have to be written as `%25`. */
function isDecodable({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** The connections of the AWS SDK: through the proxy of the environment, where it names one for the host. */
export class ProxyAwareAgent extends Agent {
  readonly #env: Environment;

  constructor(env: Environment) {
    super({ keepAlive: true, maxSockets: 50 });
    this.#env = env;
  }

  override createConnection(
    options: RequestOptions,
    callback: (error: Error | null, stream: Duplex) => void = () => {},
  ): Duplex | null | undefined {
    const hostname = options.host ?? '';
    const port = String(options.port ?? 443);
    const proxy = proxyFor({ protocol: 'https:', hostname, port }, this.#env);
    if (!proxy) return super.createConnection(options, callback);
    tunnelRequest(proxy, `${hostname}:${port}`)
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200)
          callback(null, connect({ socket, servername: options.servername ?? hostname }));
        else callback(coded('ERR_PROXY_TUNNEL'), socket.destroy());
      })
      .on('error', (error) => callback(error, new Socket()))
      .end();
    return undefined;
  }
}

/** How long a proxy may take to answer. */
const TUNNEL_MS = 3_000;

/** Asks a proxy for a connection to a host. */
function tunnelRequest(proxy: URL, path: string): ClientRequest {
  const { username, password } = proxy;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const asking = (proxy.protocol === 'https:' ? httpsRequest : httpRequest)(proxy, {
    method: 'CONNECT',
    path,
    agent: false,
    timeout: TUNNEL_MS,
    headers: { host: path, ...(username && { 'proxy-authorization': authorization }) },
  });
  return asking.on('timeout', () => void asking.destroy(coded('ETIMEDOUT')));
}

function coded(code: string): Error {
  return Object.assign(new Error('There is no connection through the proxy.'), { code });
}
