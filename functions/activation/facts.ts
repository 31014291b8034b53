import type { Flow } from './flow.ts';
import type { Facts } from './result.ts';

/** What may be told of a flow. */
export function factsOf({ pim, clientId, attempt }: Flow): Facts {
  return { pim, clientId, attempt };
}
