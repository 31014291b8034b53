import { type CallbackDeps, completeActivation } from '../activation/complete.ts';
import { parseFlowId } from '../activation/flow.ts';
import type { CallbackResult } from '../activation/result.ts';
import { showFinishedFlow } from '../activation/show.ts';
import { AccessToken } from '../pim/credentials.ts';
import { wellFormed } from '../pim/malformed.ts';
import type { ExchangeBudget } from '../pim/token-endpoint.ts';
import { endpoint, type KeptWarm, nobody, type SharedEndpointDeps } from './endpoint.ts';
import type { HttpRequest } from './request.ts';

/** Kept back from the function's time for saving the token, trying it for two seconds when two compete, and answering. */
const SAVING_RESERVE_MS = 5_000;

/** What the callback URL's handler is made of. */
export type CallbackEndpointDeps = CallbackDeps &
  SharedEndpointDeps & { readonly budget: ExchangeBudget };

/**
 * `GET /callback/<id>?code=…&state=…`, a PIM's callback URL, and the same with `?flow=…`, the page that it sends the
 * browser to, whose address holds neither code nor state. The PIMs of an App Store App share plain `/callback`.
 */
export function callbackEndpoint(deps: CallbackEndpointDeps): KeptWarm {
  const serve = (request: HttpRequest, remainingMs: number): Promise<CallbackResult> => {
    const flowId = finishedFlow(request.parameters);
    if (flowId !== undefined) return showFinishedFlow(flowId, request.browserKeys, deps);
    const timeMs = Math.min(deps.budget.totalMs, remainingMs - SAVING_RESERVE_MS);
    return completeActivation({ ...request, deadline: deps.now() + timeMs }, deps);
  };
  return endpoint(serve, { ...deps, endpoint: 'callback', keepWarm: () => keepWarm(deps) });
}

/** Calls as every callback makes them, one after the other as there. */
async function keepWarm({ flows, secrets, cipher }: CallbackEndpointDeps): Promise<void> {
  await flows.find(wellFormed(parseFlowId('-'.repeat(43))));
  await secrets.find(nobody().clientId);
  await cipher.encrypt(wellFormed(AccessToken.parse('keep-warm')), nobody());
}

/** Only an address with nothing but a flow; an answer of the PIM always has a state. */
function finishedFlow(parameters: URLSearchParams): string | undefined {
  const [flowId, ...others] = [...parameters.values()];
  return others.length === 0 && parameters.has('flow') ? flowId : undefined;
}
