import { createHash } from 'node:crypto';
import type { DueConnection } from '../../../functions/health/check.ts';
import {
  type ScheduledSweepDeps,
  type SweepHandler,
  scheduledSweep,
} from '../../../functions/health/scheduled-sweep.ts';
import { SEGMENTS, type Segment, type Span } from '../../../functions/health/sweep.ts';
import { pimUrl } from '../../support/pim-url.ts';
import { accessToken } from '../../unit/health/support/health-world.ts';
import { VirtualTime } from './virtual-time.ts';

const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** What Lambda does: invocations of a quarter of an hour, and pauses before the second and the third attempt. */
const INVOCATION_MS = 15 * MINUTE;
const PAUSES_MS = [0, MINUTE, 2 * MINUTE];

/** MiB that come with a whole processor. */
const WHOLE_PROCESSOR = 1_769;
/** What a check takes of a processor: an HTTPS connection, two calls to AWS. Measured, and rounded up by a half. */
const CHECK_PROCESSOR_MS = 5;
/** A call to KMS, and one to DynamoDB. */
const AWS_MS = 10;

export interface Simulation {
  readonly connections: number;
  readonly everyMs: number;
  /** How long the PIM of a connection takes to answer; it is given up after five seconds. */
  readonly pimMs: (connection: number) => number;
  /** In MiB. */
  readonly memory: number;
}

/** What the log of a sweep says at its end. */
export interface SweepResult {
  readonly invocations: number;
  readonly checks: number;
  /** The last invocation's metrics. */
  readonly left: number;
  /** The largest of all its invocations. */
  readonly intervalMs: number;
  readonly durationMs: number;
}

const START = Date.UTC(2030, 0, 1);

/** The real sweep, at all that AWS, the PIMs and the clock do. */
export class SimulatedSweeps {
  /** Epoch milliseconds; 0 for never. */
  readonly checkedAt: Float64Array;
  readonly #simulation: Simulation;
  readonly #time = new VirtualTime(START);
  readonly #segments: readonly number[][];
  readonly #handler: SweepHandler;
  #sweeps = 0;
  #log: Record<string, number>[] = [];

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
    this.checkedAt = new Float64Array(simulation.connections);
    this.#segments = segmentsOf(simulation.connections);
    this.#handler = scheduledSweep(this.#deps());
  }

  now(): number {
    return this.#time.now();
  }

  /** The next sweep of the schedule, in up to three attempts. */
  async next(): Promise<SweepResult> {
    const { everyMs } = this.#simulation;
    const dueAt = START + this.#sweeps * everyMs;
    this.#sweeps += 1;
    await this.#time.run(this.#time.sleep(dueAt - this.now()));
    this.#log = [];
    for (const pause of PAUSES_MS) {
      await this.#time.run(this.#time.sleep(pause));
      if (await this.#isFinished(dueAt)) break;
    }
    return resultOf(this.#log, this.now() - dueAt);
  }

  async #isFinished(dueAt: number): Promise<boolean> {
    const end = this.now() + INVOCATION_MS;
    const event = { time: new Date(dueAt).toISOString(), everyMs: this.#simulation.everyMs };
    const context = { awsRequestId: 'i', getRemainingTimeInMillis: () => end - this.now() };
    const sweep = this.#handler(event, context).then(
      () => true,
      () => false,
    );
    return this.#time.run(sweep);
  }

  #deps(): ScheduledSweepDeps {
    const { memory, pimMs } = this.#simulation;
    const time = this.#time;
    const processorMs = CHECK_PROCESSOR_MS * Math.max(1, WHOLE_PROCESSOR / memory);
    return {
      stack: 'Simulated',
      now: time.now,
      log: (line) => void this.#log.push(JSON.parse(line) as Record<string, number>),
      connections: {
        scan: (segment, startedAt, span) => this.#scan(segment, startedAt, span),
        checkTimes: (segment, startedAt) => this.#checkTimes(segment, startedAt),
      },
      decrypter: { decrypt: () => time.sleep(AWS_MS).then(() => TOKEN) },
      prober: {
        probe: async (pim) => {
          await time.compute(processorMs);
          await time.sleep(Math.min(pimMs(numberOf(pim.toString())), 5 * SECOND));
          return { kind: 'failed', failure: 'timeout' };
        },
      },
      findings: {
        record: async ({ connection, checkedAt }) => {
          await time.sleep(AWS_MS);
          this.checkedAt[numberOf(connection.pim.toString())] = checkedAt;
          return true;
        },
      },
    };
  }

  async *#scan({ index }: Segment, startedAt: number, { from = 0, before }: Span = {}) {
    for (const number of this.#segments[index] ?? []) {
      const checkedAt = this.checkedAt[number] ?? 0;
      if (checkedAt >= from && checkedAt < (before ?? startedAt))
        yield dueConnection(number, checkedAt);
    }
  }

  async *#checkTimes({ index }: Segment, startedAt: number) {
    for (const number of this.#segments[index] ?? []) {
      const checkedAt = this.checkedAt[number] ?? 0;
      if (checkedAt < startedAt) yield checkedAt || undefined;
    }
  }
}

const TOKEN = accessToken('token');

/** As unequally full as DynamoDB makes them: by a hash of the key. */
function segmentsOf(connections: number): number[][] {
  const segments = Array.from({ length: SEGMENTS }, (): number[] => []);
  for (let number = 0; number < connections; number += 1) {
    const hash = createHash('md5').update(String(number)).digest().readUInt32BE();
    segments[hash % SEGMENTS]?.push(number);
  }
  return segments;
}

function dueConnection(number: number, checkedAt: number): DueConnection {
  return {
    pim: pimUrl(`https://pim-${number}.example`),
    clientId: 'client',
    encryptedToken: new Uint8Array(),
    tokenFingerprint: '',
    consecutiveInvalid: 0,
    ...(checkedAt > 0 && { checkedAt }),
  };
}

function numberOf(pim: string): number {
  return Number(/\d+/.exec(pim));
}

function resultOf(log: readonly Record<string, number>[], durationMs: number): SweepResult {
  const summaries = log.filter((line) => line['SweepDuration'] !== undefined);
  return {
    invocations: summaries.length,
    checks: summaries.reduce((sum, line) => sum + (line['checks'] ?? 0), 0),
    left: summaries.at(-1)?.['ConnectionsLeft'] ?? 0,
    intervalMs: Math.max(...summaries.map((line) => line['CheckInterval'] ?? 0)),
    durationMs,
  };
}
