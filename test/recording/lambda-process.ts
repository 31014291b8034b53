import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** What a function printed and what it answered. */
export interface Printed {
  readonly lines: readonly string[];
  readonly answer: unknown;
}

const RUNNER = fileURLToPath(new URL('lambda.mjs', import.meta.url));
const NODE_24 = fileURLToPath(new URL('../node24/node_modules/.bin/node', import.meta.url));

/** A process for the bundles: on Lambda's version of Node if it is installed, or else on this one. */
export class LambdaProcess {
  readonly #child: ChildProcess;
  readonly #printed: AsyncIterator<string>;

  constructor() {
    this.#child = spawn(existsSync(NODE_24) ? NODE_24 : process.execPath, [RUNNER], {
      env: {},
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const { stdout } = this.#child;
    if (!stdout) throw new Error('The process has no output.');
    this.#printed = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /**
   * Runs one command.
   *
   * @throws {Error} when the process ends instead.
   */
  async send(command: object): Promise<Printed> {
    this.#child.send(command);
    const lines: string[] = [];
    for (;;) {
      const { value, done } = await this.#printed.next();
      if (done) throw new Error('The process of the functions has ended.');
      if (value.startsWith('\0')) return { lines, answer: JSON.parse(value.slice(1)) as unknown };
      lines.push(value);
    }
  }

  /** Says that an answer will never come on a connection. */
  tellHanging(port: number | undefined): void {
    this.#child.send({ hanging: port });
  }

  /** Ends the process. */
  close(): void {
    this.#child.disconnect();
  }
}
