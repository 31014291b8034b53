import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { challengeOf } from './mask.ts';
import { hostOf, type Row, type Rows, type TableDefinition, Tables } from './tables.ts';

/** What a service or a PIM does in place of an answer, or after a part of one. */
type Ending = 'reset' | 'hang' | 'cut';

/** What a PIM says to a request. */
export interface PimAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly end?: Ending;
}

/** A call to AWS that does not go well. */
export interface Fault {
  /** Such as `PutItem`. */
  readonly operation: string;
  /** So many calls go well before. @default 0 */
  readonly skip?: number;
  /** @default all calls from then on */
  readonly times?: number;
  /** @default 400 */
  readonly status?: number;
  /** Name of the error. */
  readonly type?: string;
  /** In place of an error. */
  readonly body?: string;
  readonly end?: Ending;
  /** The call is made all the same; only its answer is lost. */
  readonly late?: boolean;
}

/** How the world is before a scenario. */
export interface World {
  readonly rows: Rows;
  /** What is read of a client's secret, one reading after the other; the last one stays. */
  readonly secrets: Readonly<Record<string, readonly string[]>>;
  /** By the first segment of a PIM's path, or `''`: one answer after the other; the last one stays. */
  readonly pims: Readonly<Record<string, readonly PimAnswer[]>>;
  readonly faults: readonly Fault[];
}

/** DynamoDB, KMS, EventBridge and any number of PIMs on one port of the loopback. */
export class Services {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  readonly #server: Server;
  readonly #tables: Tables;
  /** Told the port of a client that will get no answer. */
  onHang: (port: number | undefined) => void = () => {};
  #world: World = { rows: {}, secrets: {}, pims: {}, faults: [] };
  #calls: unknown[] = [];
  readonly #counts = new Map<unknown, number>();

  private constructor(server: Server, tables: Tables) {
    this.#server = server;
    this.#tables = tables;
    this.host = hostOf(server);
    server.on('request', (request, response) => void this.#answer(request, response));
  }

  /** Starts everything, with empty tables. */
  static async start(definitions: readonly TableDefinition[]): Promise<Services> {
    const server = createServer();
    server.keepAliveTimeout = 60_000;
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new Services(server, await Tables.start(definitions));
  }

  /** Puts the world into the state that a scenario begins with. */
  async begin(world: World): Promise<void> {
    this.#counts.clear();
    await this.#tables.clear();
    for (const [table, rows] of Object.entries(world.rows))
      for (const Item of rows) await this.put(this.#tables.nameOf(table), Item);
    this.#world = world;
    this.#calls = [];
  }

  /** Every row of every table. */
  rows(): Promise<Rows> {
    return this.#tables.rows();
  }

  /** Writes a row over what is there. A value `{ sealed: … }` becomes what KMS makes of that input. */
  async put(TableName: string, row: Row): Promise<void> {
    const Item = Object.fromEntries(
      Object.entries(row).map(([name, value]) => {
        const input = value['sealed'] as Readonly<Record<string, unknown>> | undefined;
        return [name, input ? { B: this.#seal(input) } : value];
      }),
    );
    await this.#tables.call('PutItem', { TableName, Item });
  }

  /** What was called since the last time, in the order of arrival. */
  takeCalls(): readonly unknown[] {
    const calls = this.#calls;
    this.#calls = [];
    return calls;
  }

  /** Ends every connection. */
  close(): void {
    this.#tables.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.sendDate = false;
    const body = await text(request);
    const target = request.headers['x-amz-target'];
    await (target === undefined
      ? this.#answerAsPim(request, body, response)
      : this.#answerAsAws(String(target), body, response));
  }

  #answerAsPim(request: IncomingMessage, body: string, response: ServerResponse): void {
    const { method, url = '', headers } = request;
    const { host: _, ...others } = headers;
    const form = body && challengeOf(new URLSearchParams(body), this.#world.secrets);
    this.#calls.push({ pim: `${method} ${url}`, headers: others, form });
    const segment = url.split('/')[1] ?? '';
    const script = this.#world.pims[segment] ?? this.#world.pims[''] ?? [];
    const { status = 200, headers: sent = {}, body: content = '', end } = this.#next(script) ?? {};
    this.#deliver(response, status, { 'content-type': 'application/json', ...sent }, content, end);
  }

  async #answerAsAws(target: string, body: string, response: ServerResponse): Promise<void> {
    const operation = target.split('.').at(-1) ?? '';
    const input = JSON.parse(body) as Readonly<Record<string, unknown>>;
    this.#calls.push({ aws: target, input });
    const fault = this.#world.faults.find((one) => one.operation === operation && this.#isDue(one));
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    if (fault && !fault.late) return this.#deliverFault(response, headers, fault);
    const answer = await this.#rightAnswer(target, operation, input);
    if (fault) this.#deliverFault(response, headers, fault);
    else this.#deliver(response, answer.status, headers, answer.body);
  }

  async #rightAnswer(target: string, operation: string, input: Readonly<Record<string, unknown>>) {
    if (operation === 'GetItem' && String(input['TableName']).includes('ClientSecrets'))
      return { status: 200, body: JSON.stringify(this.#client(input['Key'])) };
    if (target.startsWith('DynamoDB')) return this.#tables.call(operation, input);
    const [status, output] = this.#rightOutput(operation, input);
    return { status, body: JSON.stringify(output) };
  }

  #rightOutput(operation: string, input: Readonly<Record<string, unknown>>): [number, unknown] {
    switch (operation) {
      case 'Encrypt':
        return [200, { CiphertextBlob: this.#seal(input), KeyId: input['KeyId'] }];
      case 'Decrypt':
        return this.#unseal(input);
      case 'PutEvents':
        return [200, { FailedEntryCount: 0, Entries: [input['Entries']].flat().map(eventId) }];
      default:
        return [400, { __type: 'UnknownOperationException' }];
    }
  }

  /** The row of a client whose secret is the next reading. */
  #client(key: unknown): unknown {
    const { clientId = {} } = key as { readonly clientId?: { readonly S?: string } };
    const readings = this.#world.secrets[clientId.S ?? ''];
    if (!readings) return {};
    const Plaintext = Buffer.from(this.#next(readings) ?? '').toString('base64');
    const B = this.#seal({ Plaintext, EncryptionContext: { clientId: clientId.S } });
    return { Item: { encryptedSecret: { B } } };
  }

  /** Readable, and without the port, so that it is the same in every run. */
  #seal({ Plaintext, EncryptionContext = {} }: Readonly<Record<string, unknown>>): string {
    const context = Object.entries(EncryptionContext as object)
      .map(String)
      .sort();
    const sealed = JSON.stringify({ Plaintext, context }).replaceAll(this.host, '{HOST}');
    return Buffer.from(sealed).toString('base64');
  }

  #unseal({
    KeyId,
    CiphertextBlob,
    EncryptionContext,
  }: Readonly<Record<string, unknown>>): [number, unknown] {
    const Plaintext = plaintextIn(String(CiphertextBlob));
    return this.#seal({ Plaintext, EncryptionContext }) === CiphertextBlob
      ? [200, { Plaintext, KeyId }]
      : [400, { __type: 'InvalidCiphertextException', message: 'not quoted' }];
  }

  #deliverFault(
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    { status = 400, type = 'ValidationException', body, end }: Fault,
  ): void {
    const error = JSON.stringify({ __type: type, message: 'not quoted' });
    this.#deliver(response, body === undefined ? status : 200, headers, body ?? error, end);
  }

  #deliver(
    response: ServerResponse,
    status: number,
    headers: Readonly<Record<string, string>>,
    body: string,
    end?: Ending,
  ): void {
    if (end === 'hang') {
      this.onHang(response.socket?.remotePort);
      return;
    }
    if (end === 'reset') {
      response.socket?.destroy();
      return;
    }
    const cut = end === 'cut' ? { 'content-length': String(Buffer.byteLength(body) + 100) } : {};
    response.writeHead(status, { ...headers, ...cut });
    if (end !== 'cut') response.end(body);
    else response.write(body, () => response.socket?.destroy());
  }

  #next<T>(script: readonly T[]): T | undefined {
    const index = this.#count(script);
    return script[Math.min(index, script.length - 1)];
  }

  #isDue(fault: Fault): boolean {
    const { skip = 0, times = Number.POSITIVE_INFINITY } = fault;
    const index = this.#count(fault);
    return index >= skip && index < skip + times;
  }

  #count(key: unknown): number {
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    return count;
  }
}

function plaintextIn(ciphertext: string): string | undefined {
  const sealed = Buffer.from(ciphertext, 'base64').toString('utf8');
  return /"Plaintext":"([^"]*)"/.exec(sealed)?.[1];
}

function eventId(_: unknown, index: number): object {
  return { EventId: `event-${index + 1}` };
}
