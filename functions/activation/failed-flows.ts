import { type ConsumedFlow, type FlowId, returnedSilently } from './flow.ts';
import { OUTCOMES } from './outcomes.ts';
import type { Refused } from './result.ts';

/** So many failed flows of one client are no stranger's doing alone. */
const SEVERAL = 3;

/** More clients than a function meets while it is warm. */
const MAX_CLIENTS = 100;

/** Which flows have failed since the function started, by client; a small number of each. */
export class FailedFlows {
  readonly #byClient = new Map<string, Set<FlowId>>();

  /** Adds a flow. @returns whether several flows of its client have failed since one succeeded. */
  add({ clientId, id }: ConsumedFlow): boolean {
    const flows = this.#byClient.get(clientId) ?? new Set();
    if (flows.size < SEVERAL) flows.add(id);
    this.#byClient.delete(clientId);
    this.#byClient.set(clientId, flows);
    const [oldest] = this.#byClient.keys();
    if (oldest !== undefined && this.#byClient.size > MAX_CLIENTS) this.#byClient.delete(oldest);
    return flows.size >= SEVERAL;
  }

  /** Forgets the flows of a client, because one has succeeded. */
  forget({ clientId }: ConsumedFlow): void {
    this.#byClient.delete(clientId);
  }
}

/**
 * Decides whether a failure of a PIM or of the credentials calls for somebody. Anybody can open the activation URL of a
 * listed PIM and call back with an invented code; that takes no time and wakes nobody. A person in the wizard takes some.
 * A connected App is opened without the wizard; when that fails in several flows, it is no accident.
 */
export function weighFailure(refused: Refused, flow: ConsumedFlow, failed: FailedFlows): Refused {
  const { cause } = OUTCOMES[refused.code];
  if (cause !== 'pim' && cause !== 'credentials') return refused;
  const isRepeated = failed.add(flow);
  return isRepeated || !returnedSilently(flow) ? refused : { ...refused, raisesNoAlarm: true };
}
