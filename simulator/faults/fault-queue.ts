import type { Fault, FaultPoint } from './fault.ts';

/** The faults that tests ordered and that have not happened yet. */
export class FaultQueue {
  readonly #queued: Fault[] = [];

  /** Queues a fault, `times` times or once. */
  order(fault: Fault): void {
    for (let left = fault.times ?? 1; left > 0; left -= 1) this.#queued.push(fault);
  }

  /** Forgets every queued fault. */
  clear(): void {
    this.#queued.length = 0;
  }

  /** Takes the oldest fault for a request to this path; `undefined` when there is none. */
  take(path: string): Fault | undefined {
    const index = this.#queued.findIndex((fault) => fault.at === faultPoint(path));
    return index < 0 ? undefined : this.#queued.splice(index, 1)[0];
  }
}

function faultPoint(path: string): FaultPoint | undefined {
  if (path === '/connect/apps/v1/oauth2/token') return 'token';
  if (path === '/connect/apps/v1/authorize') return 'authorize';
  if (path === '/connect/apps/v1/scopes/update') return 'scopes';
  return path.startsWith('/api/') ? 'api' : undefined;
}
