/** Ends the use of a slot; only the first call counts. */
export type Release = () => void;

interface Lane {
  free: number;
  readonly waiting: (() => void)[];
}

/**
 * Bounds how many calls of one connection run at once. Who waits longest is next, and connections do not wait for each
 * other.
 */
export class CallSlots {
  readonly #limit: number;
  readonly #lanes = new Map<string, Lane>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Waits for a slot of the connection. Call what it resolves to when the call is over.
   *
   * It rejects with the signal's reason when that is aborted while waiting.
   */
  async acquire(key: string, signal?: AbortSignal | null): Promise<Release> {
    signal?.throwIfAborted();
    const lane = this.#lanes.get(key) ?? { free: this.#limit, waiting: [] };
    this.#lanes.set(key, lane);
    if (lane.free > 0) lane.free -= 1;
    else await turn(lane, signal);
    let isHeld = true;
    return () => {
      if (isHeld) this.#leave(key, lane);
      isHeld = false;
    };
  }

  /** A slot goes straight to the next in line, so that no newcomer can overtake. */
  #leave(key: string, lane: Lane): void {
    const next = lane.waiting.shift();
    if (next) next();
    else lane.free += 1;
    if (lane.free === this.#limit) this.#lanes.delete(key);
  }
}

function turn({ waiting }: Lane, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const proceed = (): void => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = (): void => {
      waiting.splice(waiting.indexOf(proceed), 1);
      reject(signal?.reason);
    };
    waiting.push(proceed);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}
