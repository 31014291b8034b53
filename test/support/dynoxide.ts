import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './http-server.ts';

/** A DynamoDB engine that shares no code with the embedded one: `npm ci --prefix test/dynoxide`, on Linux for x64. */
const DYNOXIDE = fileURLToPath(
  new URL('../dynoxide/node_modules/@dynoxide/linux-x64/dynoxide', import.meta.url),
);

/** A running engine, empty and in memory. */
interface Dynoxide {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** @throws {Error} when the engine is not installed, or ends before it listens. */
export async function startDynoxide(): Promise<Dynoxide> {
  const port = await freePort();
  const engine = spawn(DYNOXIDE, ['serve', '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(engine, 'exit');
  // It says on its standard error that it listens.
  const said = await Promise.race([once(engine.stderr, 'data'), ended]);
  if (engine.exitCode !== null) throw new Error(`Dynoxide ended: ${String(said)}`);
  engine.stderr.resume();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      engine.kill();
      await ended;
    },
  };
}
