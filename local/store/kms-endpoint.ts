import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { KMSClient } from '@aws-sdk/client-kms';
import { type Listening, LOCAL_REGION, listenForAws, requestBody } from './aws-server.ts';
import { type KmsAnswer, type KmsRequest, LocalKms } from './local-kms.ts';

/** A KMS inside this process, with the keys of a stack. */
export interface KmsEndpoint {
  /** Where a back end on the same machine reaches it, and the key of the tokens. */
  readonly address: { readonly endpoint: string; readonly keyId: string };
  /** The key of the client secrets. */
  readonly clientSecretKeyId: string;
  readonly client: KMSClient;
  close(): Promise<void>;
}

/**
 * Starts a KMS inside this process.
 *
 * @param secret random bytes, from which the keys are made. Keys of another secret have other ids.
 * @throws {Error} with code `EADDRINUSE` when the port is taken.
 */
export async function startKmsEndpoint(secret: Buffer, at: Listening): Promise<KmsEndpoint> {
  const [keyId, clientSecretKeyId] = [keyArn(secret, 'tokens'), keyArn(secret, 'client-secrets')];
  const kms = new LocalKms(secret, [keyId, clientSecretKeyId]);
  const server = createServer((request, response) => void respond(kms, request, response));
  const { config, stop } = await listenForAws(server, at);
  const client = new KMSClient(config);
  const close = async (): Promise<void> => {
    client.destroy();
    await stop();
  };
  return { address: { endpoint: config.endpoint, keyId }, clientSecretKeyId, client, close };
}

/** The ARN of a key, with a UUID that tells keys of two secrets apart and gives neither away. */
function keyArn(secret: Buffer, name: string): string {
  const digest = createHash('sha256').update(secret).update(name).digest('hex');
  const id = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return `arn:aws:kms:${LOCAL_REGION}:000000000000:key/${id}`;
}

async function respond(
  kms: LocalKms,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [status, body] = await answerTo(kms, request);
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}

async function answerTo(kms: LocalKms, request: IncomingMessage): Promise<KmsAnswer> {
  if (request.headers.authorization === undefined)
    return [400, { __type: 'MissingAuthenticationTokenException' }];
  const operation = request.headers['x-amz-target'];
  if (request.method !== 'POST' || typeof operation !== 'string')
    return [400, { __type: 'UnknownOperationException' }];
  try {
    const body = JSON.parse((await requestBody(request)).toString('utf8') || '{}') as KmsRequest;
    return kms.answer(operation, body);
  } catch {
    return [400, { __type: 'SerializationException' }];
  }
}
