import { onAbort } from './abort-signal.ts';

/** Ends the use of a slot. Only the first call counts. */
export type Release = () => void;

interface Slots {
  free: number;
  readonly waiting: (() => void)[];
}

/**
 * Bounds how many calls of one connection run at once. The call that has waited longest is next. Connections do not wait
 * for each other.
 */
export class CallSlots {
  readonly #limit: number;
  readonly #slotsOf = new Map<string, Slots>();

  /** @param limit of calls at once, for each connection: a whole number, 1 or more. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Waits for a slot of the connection. Call what it resolves to when the call is over.
   *
   * It rejects with the signal's reason when that is aborted during the wait.
   */
  async acquire(key: string, signal?: AbortSignal | null): Promise<Release> {
    signal?.throwIfAborted();
    const slots = this.#slotsOf.get(key) ?? { free: this.#limit, waiting: [] };
    this.#slotsOf.set(key, slots);
    if (slots.free > 0) slots.free -= 1;
    else await waitForTurn(slots, signal);
    let isHeld = true;
    return () => {
      if (isHeld) this.#release(key, slots);
      isHeld = false;
    };
  }

  /** A slot goes straight to the next in line, so that no newcomer can overtake. */
  #release(key: string, slots: Slots): void {
    const next = slots.waiting.shift();
    if (next) next();
    else slots.free += 1;
    if (slots.free === this.#limit) this.#slotsOf.delete(key);
  }
}

function waitForTurn({ waiting }: Slots, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const proceed = (): void => {
      stopListening?.();
      resolve();
    };
    waiting.push(proceed);
    const stopListening =
      signal &&
      onAbort(signal, () => {
        waiting.splice(waiting.indexOf(proceed), 1);
        reject(signal.reason);
      });
  });
}
