import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { NODE_24 } from '../node24.ts';

/** How often each call came in, by `X-Amz-Target` or path. */
export type Calls = Readonly<Record<string, number>>;

export type FromServices =
  | { readonly address: string }
  | { readonly calls: Calls }
  | 'connections closed';

/** What the services are asked. */
export type ToServices = 'calls' | 'close connections';

export interface Services {
  /** `http://127.0.0.1:<port>`, for AWS and the PIM alike. */
  readonly address: string;
  /** The calls since the last time that this was asked. */
  takeCalls(): Promise<Calls>;
  /** Closes every connection, as AWS closes idle ones. */
  closeConnections(): Promise<void>;
  close(): void;
}

/** Starts the services in a process of their own. */
export async function startServices(): Promise<Services> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const child = fork(main, { execPath: NODE_24, execArgv: ['--no-warnings'] });
  const next = async (): Promise<FromServices> => {
    const [message] = (await once(child, 'message')) as [FromServices];
    return message;
  };
  const started = await next();
  if (started === 'connections closed' || !('address' in started))
    throw new Error('The services did not tell their address.');
  return {
    address: started.address,
    takeCalls: async () => {
      child.send('calls' satisfies ToServices);
      const answer = await next();
      return answer !== 'connections closed' && 'calls' in answer ? answer.calls : {};
    },
    closeConnections: async () => {
      child.send('close connections' satisfies ToServices);
      await next();
    },
    close: () => {
      child.disconnect();
    },
  };
}
