import { IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { type Listening, listenForAws, requestBody } from './aws-server.ts';
import { prepareDataFolder } from './data-folder.ts';
import { createTables, type TableNames } from './tables.ts';

/** Where a back end on the same machine finds the tables. */
interface DynamoDbAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly tables: TableNames;
}

/** A DynamoDB inside this process, with the App's tables in it. */
export interface EmbeddedDynamoDb {
  readonly address: DynamoDbAddress;
  readonly client: DynamoDBClient;
  /** Ends every connection and stops the server. After that its folder can be opened again. */
  close(): Promise<void>;
}

/**
 * Starts a DynamoDB inside this process, on the loopback, with the App's tables in it.
 *
 * @param folder keeps the data; they are in memory, and lost at the end, if absent.
 * @throws {Error} with what to do when the folder cannot be used; with code `EADDRINUSE` when the port is taken.
 */
export async function startEmbeddedDynamoDb(
  folder?: string,
  at: Listening = { port: 0 },
): Promise<EmbeddedDynamoDb> {
  const path = folder === undefined ? undefined : await prepareDataFolder(folder);
  const server = dynalite({ createTableMs: 0, ...(path !== undefined && { path }) });
  const answered = passWholeRequestsOn(server);
  const { config, stop } = await listenForAws(server, at);
  const client = new DynamoDBClient(config);
  const tables = await createTables(client);
  const close = async (): Promise<void> => {
    await answered();
    client.destroy();
    await stop();
  };
  return { address: { endpoint: config.endpoint, region: config.region, tables }, client, close };
}

/**
 * Takes the requests, one whole request after the other.
 *
 * @returns what takes no more and waits for the answers. The embedded DynamoDB throws where nobody catches when its
 * files are closed while it reads them, also for a client that is gone.
 */
function passWholeRequestsOn(server: Server): () => Promise<void> {
  const listeners = server.listeners('request') as RequestListener[];
  const answers = new Set<Promise<void>>();
  let isClosing = false;
  server.removeAllListeners('request').on('request', (request, response) => {
    if (isClosing) return void response.destroy();
    const answer = answerOf(response).then(() => void answers.delete(answer));
    answers.add(answer);
    void passOn(request, response, listeners);
  });
  return async () => {
    isClosing = true;
    await Promise.all(answers);
  };
}

/** Waits for the end of an answer, whether or not it reaches anybody. */
function answerOf(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = response.end.bind(response) as (...chunks: readonly unknown[]) => ServerResponse;
    Object.assign(response, {
      end: (...chunks: readonly unknown[]) => {
        resolve();
        return end(...chunks);
      },
    });
  });
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
    const body = await requestBody(request);
    const { method, url, headers } = request;
    const whole = Object.assign(new IncomingMessage(request.socket), { method, url, headers });
    for (const listener of listeners) listener(whole, response);
    if (body.length > 0) whole.emit('data', body);
    whole.emit('end');
  } catch {
    if (!response.headersSent) response.writeHead(400);
    response.end();
  }
}
