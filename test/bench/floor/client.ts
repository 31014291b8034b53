import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { signedHeaders } from './sign.ts';

/** What the stores hand to a client's `send`. */
export interface Command {
  readonly target: string;
  readonly input: object;
}

interface Service {
  /** In signatures and host names. */
  readonly name: string;
  /** The ending of `AWS_ENDPOINT_URL_…`. */
  readonly variable: string;
  readonly contentType: string;
  /** The error to throw for the name that the service answered with. */
  readonly error: (name: string) => Error;
}

/** An AWS client without retries, endpoint rules and middleware: what the work costs at the least. */
export class HandSigningClient {
  /** Has no step that could be taken out. */
  readonly middlewareStack = { remove: (): boolean => false };
  readonly #service: Service;
  readonly #url: URL;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(service: Service) {
    this.#service = service;
    const fallback = `https://${service.name}.${process.env['AWS_REGION']}.amazonaws.com`;
    this.#url = new URL(process.env[`AWS_ENDPOINT_URL_${service.variable}`] ?? fallback);
  }

  async send(command: Command): Promise<Record<string, unknown>> {
    const response = await this.#post(command.target, JSON.stringify(command.input, bytesAsBase64));
    let text = '';
    response.setEncoding('utf8');
    for await (const chunk of response as AsyncIterable<string>) text += chunk;
    const answer = JSON.parse(text, base64AsBytes) as Record<string, unknown>;
    if (response.statusCode === 200) return answer;
    throw this.#service.error(String(answer['__type']).replace(/.*#/, ''));
  }

  #post(target: string, body: string): Promise<IncomingMessage> {
    const { name: service, contentType } = this.#service;
    const headers = signedHeaders({ url: this.#url, service, target, contentType, body });
    return new Promise((resolve, reject) => {
      const request = this.#request(headers);
      request.on('response', resolve).on('error', reject).end(body);
    });
  }

  #request(headers: Record<string, string>): ClientRequest {
    const options = { method: 'POST', headers };
    return this.#url.protocol === 'https:'
      ? httpsRequest(this.#url, { ...options, agent: this.#agent })
      : httpRequest(this.#url, options);
  }
}

/** The members of answers that are bytes. */
const BYTES = new Set(['B', 'CiphertextBlob', 'Plaintext']);

function base64AsBytes(key: string, value: unknown): unknown {
  return BYTES.has(key) ? Buffer.from(String(value), 'base64') : value;
}

/** A Buffer has turned itself into an object before a replacer sees it, so the holder is asked. */
function bytesAsBase64(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const raw = this[key];
  return raw instanceof Uint8Array ? Buffer.from(raw).toString('base64') : value;
}
