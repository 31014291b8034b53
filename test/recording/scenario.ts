import type { World } from './services.ts';

/** One invocation of a function. */
export interface Step {
  readonly to: 'activate' | 'callback' | 'health' | 'events';
  /** As the browser writes it; see {@link Scenario} for what stands in braces. */
  readonly query?: string;
  /** What the browser has from the answers before, unless told otherwise. */
  readonly cookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the event of an HTTP request, or merged into it. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** Milliseconds that pass before. @default 1000 */
  readonly wait?: number;
  /** Milliseconds that the function may run. */
  readonly remainingMs?: number;
  /** Changes every row of a table by hand before; `undefined` removes an attribute. */
  readonly edit?: Readonly<Record<string, Readonly<Record<string, Value | undefined>>>>;
}

/** A text, a number, or a value in DynamoDB's own JSON. */
export type Value = string | number | Readonly<Record<string, unknown>>;

/**
 * A world and what is done in it. In all texts, `{PIM}` is the PIM's address, `{HOST}` its host and port, `{pim}` and
 * `{host}` the same percent-encoded; `{state}`, `{cookie}` and `{flow}` are from the latest answer that had one,
 * `{state1}` and so on from the first.
 */
export interface Scenario {
  /** Also that of its file. */
  readonly name: string;
  readonly rows?: Readonly<Record<string, readonly Readonly<Record<string, Value>>[]>>;
  readonly secrets?: World['secrets'];
  readonly pims?: World['pims'];
  readonly faults?: World['faults'];
  /** Changes the variables that the stack sets; `undefined` removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Calls and lines come in no order, as many visits are under way at once. */
  readonly isUnordered?: boolean;
  readonly steps: readonly Step[];
}

/** When every scenario begins. */
export const BEGINNING = Date.UTC(2026, 0, 15, 12);
