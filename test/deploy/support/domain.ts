import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A domain of one's own: an address that stays, in front of the API that it is pointed at. */
export class Domain {
  readonly #server = createServer((incoming, answer) => this.#pass(incoming, answer));
  #api = new URL('http://localhost');

  /** A domain that is not pointed anywhere yet. */
  static async open(): Promise<Domain> {
    const domain = new Domain();
    domain.#server.listen(0, '127.0.0.1');
    await once(domain.#server, 'listening');
    return domain;
  }

  /** Without a slash at its end. */
  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://localhost:${port}`;
  }

  /** @param url any address of the API. */
  pointAt(url: string): void {
    this.#api = new URL(url);
  }

  /** Ends it, with whatever is under way. */
  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  /** The emulator tells its APIs apart by the name of the host; all of them are on this machine. */
  #pass({ method, url, headers }: IncomingMessage, answer: ServerResponse): void {
    const { host, port } = this.#api;
    const passed = {
      hostname: '127.0.0.1',
      port,
      method,
      path: url,
      headers: { ...headers, host },
    };
    request(passed, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    })
      .on('error', () => answer.destroy())
      .end();
  }
}
