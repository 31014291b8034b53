import { type ConsumedFlow, MAX_ATTEMPTS } from './flow.ts';
import { contextOf } from './outcome-context.ts';
import { type Refused, refused, type ToPim } from './result.ts';
import { type NewFlow, type StartFlowDeps, startFlow } from './start-flow.ts';

/**
 * The code was too old or its answer got lost. A PIM that was just authorized answers a new request
 * silently, so the flow starts again by itself; once, counted in the flow, so that it cannot loop.
 *
 * @see docs/pim-contract.md §3.4: the same scopes yield the same token.
 */
export async function restartFlow(
  flow: ConsumedFlow,
  deps: StartFlowDeps,
): Promise<ToPim | Refused> {
  if (flow.attempt >= MAX_ATTEMPTS) return refused('pim_refused_code', contextOf(flow));
  const attempt = flow.attempt + 1;
  const location = await startFlow(nextFlow(flow, attempt), deps);
  const context = contextOf({ ...flow, attempt });
  return { kind: 'redirect', code: 'authorization_restarted', location, context };
}

/** The same request of the same browser; everything else of a flow is its own. */
function nextFlow(flow: ConsumedFlow, attempt: number): NewFlow {
  const { pim, clientId, scopes, browserHash, appUrl } = flow;
  return { pim, clientId, scopes, browserHash, attempt, ...(appUrl !== undefined && { appUrl }) };
}
