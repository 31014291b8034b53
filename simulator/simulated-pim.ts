import type { AppRegistration } from './apps/custom-apps.ts';
import type { Fault } from './faults/fault.ts';

/** One request that reached the PIM, whatever its answer was. */
export interface RecordedRequest {
  readonly method: string;
  /** With the PIM's own path before it, without the query, which may hold a secret. */
  readonly path: string;
  /** Milliseconds since the epoch, by the PIM's clock. */
  readonly at: number;
}

/** A PIM that runs, seen by the test or the demo that started it. */
export interface SimulatedPim {
  /** `http://localhost:<port><path>`: exactly what it sends as `pim_url`, and its `iss`. */
  readonly url: string;

  /**
   * Registers a custom App, as a person does in the App Store.
   *
   * @throws {InvalidCustomAppError} when the PIM would refuse it, or the client id is taken
   */
  registerApp(app: AppRegistration): { clientId: string; clientSecret: string };

  /**
   * Gives an App a new secret and returns it. Tokens stay valid.
   *
   * @throws {Error} when there is no such App
   */
  regenerateSecret(clientId: string): string;

  /** Disconnects an App: its tokens are revoked, and it is not told. */
  disconnect(clientId: string): void;

  /** Replaces the key pair of id tokens; there is no overlap. */
  rotateOpenIdKeys(): void;

  /** Queues a fault: it happens to the next request to its point, or to the next `times` of them. */
  orderFault(fault: Fault): void;

  /** Forgets the queued faults: the PIM answers as usual again. */
  clearFaults(): void;

  /** What reached the PIM, oldest first. */
  readonly requests: readonly RecordedRequest[];

  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}
