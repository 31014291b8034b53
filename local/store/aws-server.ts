import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { isForLocalhost, listenAt } from '../../simulator/http/localhost.ts';

/** The SDK warns on Node 20 that later versions will not run there. That would be the first output of `npm start`. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** The region of everything on this machine. */
export const LOCAL_REGION = 'eu-west-1';

/** Nobody checks them; every SDK refuses to send a request without some. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Where a server listens. */
export interface Listening {
  /** 0 takes any free one. */
  readonly port: number;
  /** Another address beside the loopback. Whoever reaches it has access. */
  readonly host?: string | undefined;
}

/** What an SDK client needs to talk to a server in this process, and how the server ends. */
export interface AwsServer {
  readonly config: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: typeof LOCAL_CREDENTIALS;
  };
  /** Ends every connection and stops listening. */
  readonly stop: () => Promise<void>;
}

/**
 * Makes a server that stands in for a service of AWS listen, on the loopback unless told otherwise. No web page reaches it.
 *
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export async function listenForAws(server: Server, { port, host }: Listening): Promise<AwsServer> {
  refuseWebPages(server, host === undefined ? isForLocalhost : () => true);
  const listener = await listenAt(server, port, host);
  const endpoint = `http://127.0.0.1:${listener.port}`;
  const config = { endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS };
  return { config, stop: listener.stop };
}

/**
 * Refuses requests of web pages. Nobody here checks a signature, and the embedded DynamoDB allows every origin: any page
 * in the developer's browser could read the tables, put itself on the allow-list, or decrypt a token. A browser sends the
 * page's `Origin`; a name that was rebound to the loopback shows in `Host`.
 */
function refuseWebPages(server: Server, isForUs: typeof isForLocalhost): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (request.headers.origin !== undefined || !isForUs(request))
      response.writeHead(403).end('Web pages have no access.\n');
    else for (const listener of listeners) listener(request, response);
  });
}

/** DynamoDB takes no larger request, and KMS only smaller ones. */
const MAXIMUM_BODY_BYTES = 16 * 1024 * 1024;

/** @throws {Error} when the client breaks off or sends too much. */
export async function requestBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAXIMUM_BODY_BYTES) throw new RangeError('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
