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

/**
 * How much of an answer is received although nobody reads it, in bytes. It is more than a page of the PIM's API, so that
 * an answer whose status alone the caller looks at does not block a slot.
 */
const RECEIVED_AHEAD_BYTES = 8 * 1024 * 1024;

/**
 * The same response. It calls `release` once the body has arrived, was cancelled or broke off: until then the PIM is busy
 * with the call.
 *
 * A response that cannot be copied is returned as it is. Its slot is free at once, because nobody can watch a body
 * without taking it out of its response.
 */
export function holdUntilReceived(response: Response, release: Release): Response {
  const ahead = new ByteLengthQueuingStrategy({ highWaterMark: RECEIVED_AHEAD_BYTES });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({}, {}, ahead);
  const received = response.body && withBody(response, readable);
  if (!response.body || !received) {
    release();
    return response;
  }
  // A body that breaks off fails for whoever reads `readable`; here only the slot counts.
  void response.body.pipeTo(writable).then(release, release);
  return received;
}

/**
 * A copy with another body. `undefined` for a response that `fetch` accepts and the constructor refuses: a status above
 * 599, or a reason phrase beyond Latin-1.
 */
function withBody(response: Response, body: ReadableStream): Response | undefined {
  const { status, statusText, headers, url } = response;
  try {
    const copy = new Response(body, { status, statusText, headers });
    return Object.defineProperty(copy, 'url', { value: url });
  } catch {
    return undefined;
  }
}
