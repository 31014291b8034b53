import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { listenOnLoopback, stopServer } from '../../../simulator/http/localhost.ts';

// The embedded database closes its files after the event `close`; its folder was still locked for the next start.
it('a server has stopped when its own `close` says so, and not at its event already', async () => {
  const steps: string[] = [];
  const server = createServer().on('close', () => steps.push('server'));
  const closeServer = server.close.bind(server);
  server.close = (callback) =>
    closeServer(() =>
      setImmediate(() => {
        steps.push('database');
        callback?.();
      }),
    );
  await listenOnLoopback(server, 0);
  await stopServer(server);
  expect(steps).toEqual(['server', 'database']);
});

it('a server that does not listen has stopped', async () => {
  await expect(stopServer(createServer())).resolves.toBeUndefined();
});
