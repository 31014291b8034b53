/** A clock on which waiting takes no time: it moves on when nobody can go on without. */
export class VirtualTime {
  #now: number;
  readonly #sleepers = new Map<number, (() => void)[]>();
  #processorIsFreeAt = 0;

  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  sleep(ms: number): Promise<void> {
    return this.#until(this.#now + ms);
  }

  /** Computes for so long, on the one processor that there is. */
  compute(ms: number): Promise<void> {
    this.#processorIsFreeAt = Math.max(this.#now, this.#processorIsFreeAt) + ms;
    return this.#until(this.#processorIsFreeAt);
  }

  /** Lets work come to its end. */
  async run<Result>(work: Promise<Result>): Promise<Result> {
    let isRunning = true;
    const end = () => (isRunning = false);
    work.then(end, end);
    for (;;) {
      // After this turn of the event loop, everybody who can go on has done so.
      await new Promise(setImmediate);
      if (!isRunning) return work;
      this.#wakeNext();
    }
  }

  #until(time: number): Promise<void> {
    return new Promise((resolve) => {
      const others = this.#sleepers.get(time);
      if (others) others.push(resolve);
      else this.#sleepers.set(time, [resolve]);
    });
  }

  #wakeNext(): void {
    const next = Math.min(...this.#sleepers.keys());
    const sleepers = this.#sleepers.get(next);
    if (!sleepers) throw new Error('The work waits for something else than this clock.');
    this.#sleepers.delete(next);
    this.#now = next;
    for (const wake of sleepers) wake();
  }
}
