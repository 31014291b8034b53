import { factsOf } from './facts.ts';
import { type ConsumedFlow, MAX_ATTEMPTS } from './flow.ts';
import { type Refused, refused, type ToPim } from './result.ts';
import { type StartFlowDeps, startFlow } from './start-flow.ts';

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
  if (flow.attempt >= MAX_ATTEMPTS) return refused('pim_refused_code', factsOf(flow));
  const {
    id: _id,
    startedAt: _startedAt,
    expiresAt: _expiresAt,
    consumedAt: _consumedAt,
    ...same
  } = flow;
  const next = { ...same, attempt: flow.attempt + 1 };
  const location = await startFlow(next, deps);
  return {
    kind: 'redirect',
    code: 'authorization_restarted',
    location,
    facts: factsOf({ ...flow, ...next }),
  };
}
