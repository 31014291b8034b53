import { HEALTHS, type Health } from './health.ts';
import type { Visit } from './visit.ts';

/** What a sweep came to, in numbers of connections. */
export interface SweepSummary {
  /** Whether every connection that was due has been visited. */
  readonly isComplete: boolean;
  /** All visits, whatever came of them. */
  readonly visits: number;
  /** Connections by what was recorded of them. */
  readonly byHealth: Readonly<Record<Health, number>>;
  /** Of those, the ones whose end this sweep has recorded. */
  readonly died: number;
  /** Changed while their PIM was asked. */
  readonly superseded: number;
  /** Not visited, for a reason of ours. */
  readonly failed: number;
}

/** Counts visits. */
export class Tally {
  readonly #byHealth = new Map<Health, number>();
  readonly #byKind = new Map<Visit['kind'], number>();

  /** Counts one visit. */
  add(visit: Visit): void {
    increment(this.#byKind, visit.kind);
    if (visit.kind === 'visited' || visit.kind === 'died') increment(this.#byHealth, visit.health);
  }

  /** The counts so far. */
  summary(isComplete: boolean): SweepSummary {
    const count = (kind: Visit['kind']) => this.#byKind.get(kind) ?? 0;
    const byHealth = HEALTHS.map((health) => [health, this.#byHealth.get(health) ?? 0] as const);
    return {
      isComplete,
      visits: [...this.#byKind.values()].reduce((sum, kind) => sum + kind, 0),
      // `Object.fromEntries` forgets the literal keys, which are exactly HEALTHS.
      byHealth: Object.fromEntries(byHealth) as Record<Health, number>,
      died: count('died'),
      superseded: count('superseded'),
      failed: count('failed'),
    };
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
