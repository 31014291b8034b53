import type { Flow } from './flow.ts';
import type { OutcomeContext } from './result.ts';

/** What may be told of a flow. */
export function contextOf({ pim, clientId, attempt }: Flow): OutcomeContext {
  return { pim, clientId, attempt };
}
