import { authorizeUrl } from '../pim/authorize-url.ts';
import { FLOW_LIFETIME_MS, type Flow } from './flow.ts';
import { type RandomText, State } from './keys.ts';
import type { Clock, FlowStore } from './ports.ts';

/** A flow before it has a `state` and a time. */
export type NewFlow = Omit<Flow, 'id' | 'startedAt' | 'expiresAt'>;

/** What starting a flow needs from the outside. */
export interface StartFlowDeps {
  readonly flows: Pick<FlowStore, 'put'>;
  readonly now: Clock;
  readonly random: RandomText;
}

/**
 * Saves a flow under a fresh `state`, then tells where to send the browser. The order matters: a
 * browser that comes back must find its flow.
 *
 * @returns the PIM's authorize URL. It holds the state: send it to the browser and nowhere else.
 */
export async function startFlow(flow: NewFlow, deps: StartFlowDeps): Promise<string> {
  const state = State.generate(deps.random);
  const startedAt = deps.now();
  await deps.flows.put({
    ...flow,
    id: state.hash(),
    startedAt,
    expiresAt: startedAt + FLOW_LIFETIME_MS,
  });
  const { clientId, scopes } = flow;
  return authorizeUrl(flow.pim, { clientId, scopes, state: state.reveal() });
}
