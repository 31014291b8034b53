import { IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { isForLocalhost, listenOnLoopback, stopServer } from '../../simulator/http/localhost.ts';
import { prepareDataFolder } from './data-folder.ts';
import { createTables, type TableNames } from './tables.ts';

/** The SDK warns on Node 20 that later versions will not run there. That would be the first output of `npm start`. */
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

/** Where a back end on the same machine finds the tables. */
interface DynamoDbAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly tables: TableNames;
}

/** A DynamoDB inside this process, with the four tables in it. */
export interface EmbeddedDynamoDb {
  readonly address: DynamoDbAddress;
  readonly client: DynamoDBClient;
  /** Ends every connection and stops the server. After that its folder can be opened again. */
  close(): Promise<void>;
}

const REGION = 'eu-west-1';

/** The embedded server takes any credentials; the SDK refuses to send a request without some. */
const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * Starts a DynamoDB inside this process, on a free port of the loopback, with the four tables in it.
 *
 * @param folder keeps the data; they are in memory, and lost at the end, if absent.
 * @throws {Error} with what to do when the folder cannot be used.
 */
export async function startEmbeddedDynamoDb(folder?: string): Promise<EmbeddedDynamoDb> {
  const path = folder === undefined ? undefined : await prepareDataFolder(folder);
  const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) });
  guard(server);
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  const client = new DynamoDBClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  const tables = await createTables(client);
  const close = async (): Promise<void> => {
    client.destroy();
    await stopServer(server);
  };
  return { address: { endpoint, region: REGION, tables }, client, close };
}

/**
 * Refuses requests of web pages. The embedded DynamoDB checks no signature and allows every origin: any page in the
 * developer's browser could read the tables and put itself on the allow-list. A browser sends the page's `Origin`; a
 * name that was rebound to the loopback shows in `Host`.
 */
function guard(server: Server): void {
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    if (isFromWebPage(request)) response.writeHead(403).end('Web pages have no access.\n');
    else void passOn(request, response, listeners);
  });
}

function isFromWebPage(request: IncomingMessage): boolean {
  return request.headers.origin !== undefined || !isForLocalhost(request);
}

/**
 * Passes a request on once all of it is there. The embedded DynamoDB throws where nobody catches when a client breaks
 * off, or when it cannot read a request; either would end the process.
 */
async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  listeners: readonly RequestListener[],
): Promise<void> {
  try {
    const body = await bodyOf(request);
    const { method, url, headers } = request;
    const whole = Object.assign(new IncomingMessage(request.socket), { method, url, headers });
    for (const listener of listeners) listener(whole, response);
    if (body.length > 0) whole.emit('data', body);
    whole.emit('end');
  } catch {
    if (response.headersSent) response.destroy();
    else response.writeHead(400).end();
  }
}

/** DynamoDB takes no larger request. */
const MAXIMUM_BODY_BYTES = 16 * 1024 * 1024;

/** @throws {Error} when the client breaks off or sends too much. */
async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAXIMUM_BODY_BYTES) throw new RangeError('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
