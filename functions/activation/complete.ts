import { AuthorizationCode } from '../pim/credentials.ts';
import { isMalformed } from '../pim/malformed.ts';
import { type NewFlow, type StartFlowDeps, startFlow } from './begin.ts';
import { type CodeGone, type ExchangeDeps, exchangeCode } from './exchange.ts';
import { type FailedFlows, weighFailure } from './failed-flows.ts';
import { type BrowserKey, type ConsumedFlow, MAX_ATTEMPTS, State } from './flow.ts';
import { type ConnectDeps, connect } from './identity.ts';
import { type Consumption, type FlowStore, ServiceError } from './ports.ts';
import {
  type CallbackResult,
  contextOf,
  outage,
  type Refused,
  refused,
  type ToPim,
} from './result.ts';
import { showAgain } from './show.ts';

/** What is read of a request to the callback URL. */
export interface CallbackInput {
  /** The request's query, unmerged, so that repeated parameters are visible. */
  readonly parameters: URLSearchParams;
  /** From the browser's cookies, as far as they are usable. */
  readonly browserKeys: readonly BrowserKey[];
  /** The last part of the callback URL; absent at the plain one. */
  readonly callbackId: string | undefined;
  /** Epoch milliseconds by which the exchange of the code has to be over. */
  readonly deadline: number;
}

/** What completing an activation needs from the outside. */
export interface CallbackDeps extends ExchangeDeps, ConnectDeps, StartFlowDeps {
  readonly flows: FlowStore;
  readonly failedFlows: FailedFlows;
}

/**
 * Answers the PIM's redirect. The order of the steps is the policy, as each protects the next:
 *
 *  1. each parameter at most once: nobody gets two readings out of one request;
 *  2. `state` has the right shape: no read for what cannot exist;
 *  3. the flow is consumed, by this browser and at the PIM's own callback URL, in one write: forged, replayed and
 *     foreign callbacks end here, and so do codes of another PIM (mix-up, RFC 9700 §4.4);
 *  4. `error`: only now is it known to belong to the flow;
 *  5. `code` has a sane shape;
 *  6. the client's secret;
 *  7. the token request, to the PIM of the flow and never to one of the query;
 *  8. the answer's shape, and the granted scopes as a set;
 *  9. the token is encrypted and saved: nothing is called connected before; beside it, who opened the App is verified;
 * 10. the browser is sent away from the URL that holds the code.
 *
 * @throws {ServiceError} when the flow cannot be read or consumed.
 */
export async function completeActivation(
  input: CallbackInput,
  deps: CallbackDeps,
): Promise<CallbackResult> {
  const response = AuthorizationResponse.read(input.parameters);
  if (response.kind === 'refused') return response;
  const { browserKeys, callbackId } = input;
  if (browserKeys.length === 0) return refuseWithoutCookie(response, deps);
  const caller = { browserHashes: browserKeys.map((key) => key.hash()), callbackId };
  const consumption = await deps.flows.consume(response.state.hash(), caller, deps.now());
  if (consumption.kind !== 'consumed') return refuseFlow(consumption, deps);
  const { flow } = consumption;
  return finish(flow, response, input, deps).catch((error: unknown) => {
    if (error instanceof ServiceError) return outage(error, contextOf(flow));
    throw error;
  });
}

/** Nobody can consume a flow without the cookie. A `state` that no flow has is reported as unknown all the same. */
async function refuseWithoutCookie(
  { state }: AuthorizationResponse,
  { flows }: CallbackDeps,
): Promise<Refused> {
  const stored = await flows.find(state.hash());
  return refused(stored ? 'browser_cookie_missing' : 'state_unknown');
}

/** Steps 4 to 10, for a flow that is now this request's alone. */
async function finish(
  flow: ConsumedFlow,
  response: AuthorizationResponse,
  { deadline, browserKeys }: CallbackInput,
  deps: CallbackDeps,
): Promise<CallbackResult> {
  const code = response.authorizationCode();
  if (code.kind === 'refused') return { ...code, context: contextOf(flow) };
  const exchanged = await exchangeCode(flow, code, deadline, deps);
  if (exchanged.kind === 'granted') {
    deps.failedFlows.forget(flow);
    return connect({ flow, granted: exchanged, browserKeys }, deps);
  }
  const result =
    exchanged.kind === 'code-gone' ? await restartFlow(flow, exchanged, deps) : exchanged;
  return result.kind === 'refused' ? weighFailure(result, flow, deps.failedFlows) : result;
}

/** Why a flow could not be consumed, in the words of the outcome table. */
function refuseFlow(
  consumption: Exclude<Consumption, { kind: 'consumed' }>,
  deps: CallbackDeps,
): Promise<CallbackResult> | Refused {
  switch (consumption.kind) {
    case 'unknown':
      return refused('state_unknown');
    case 'other-browser':
      return refused('browser_mismatch');
    case 'other-callback-url':
      return refused('callback_url_mismatch');
    case 'expired':
      return refused('flow_expired', contextOf(consumption.flow));
    case 'used':
      return showAgain(consumption.flow, deps);
  }
}

/** The parameters that the flow reads; each may occur once (RFC 6749, section 3.1). */
const PARAMETERS = ['state', 'code', 'error', 'flow'] as const;

/**
 * The PIM's answer as the browser carries it. Only the state is checked so far; error and code are
 * out of reach until the flow is consumed, because until then anybody may have written them.
 */
class AuthorizationResponse {
  readonly kind = 'response';
  readonly state: State;
  readonly #parameters: URLSearchParams;

  private constructor(state: State, parameters: URLSearchParams) {
    this.state = state;
    this.#parameters = parameters;
  }

  /** Step 1: each parameter at most once. Step 2: `state` has the right shape. */
  static read(parameters: URLSearchParams): AuthorizationResponse | Refused {
    if (PARAMETERS.some((name) => parameters.getAll(name).length > 1))
      return refused('callback_parameter_repeated');
    const state = State.parse(parameters.get('state') ?? '');
    return isMalformed(state)
      ? refused('state_malformed')
      : new AuthorizationResponse(state, parameters);
  }

  /**
   * Step 4: `error`, although the PIMs of today never send one. Step 5: `code` has a sane shape. Call
   * it with the flow in hand: its refusals are this flow's end.
   *
   * @see docs/pim-contract.md §2.4 and §2.5
   */
  authorizationCode(): AuthorizationCode | Refused {
    if (this.#parameters.has('error')) return refused('authorization_denied');
    const code = AuthorizationCode.parse(this.#parameters.get('code') ?? '');
    return isMalformed(code) ? refused('code_malformed') : code;
  }
}

/** How a flow whose code is gone goes on, and how it ends when that happens a second time. */
const RESTARTS = {
  late: { code: 'authorization_restarted', end: 'pim_refused_code' },
  'answer-lost': { code: 'authorization_repeated', end: 'pim_answer_lost' },
} as const;

/**
 * The code was too old or its answer got lost. A PIM that was just authorized answers a new request
 * silently, so the flow starts again by itself; once, counted in the flow, so that it cannot loop.
 *
 * @see docs/pim-contract.md §3.4: the same scopes yield the same token.
 */
async function restartFlow(
  flow: ConsumedFlow,
  { why }: CodeGone,
  deps: StartFlowDeps,
): Promise<ToPim | Refused> {
  const { code, end } = RESTARTS[why];
  if (flow.attempt >= MAX_ATTEMPTS) return refused(end, contextOf(flow));
  const attempt = flow.attempt + 1;
  const location = await startFlow(nextFlow(flow, attempt), deps);
  const context = contextOf({ ...flow, attempt });
  return { kind: 'redirect', code, location, context };
}

/** The same request of the same browser; everything else of a flow is its own. */
function nextFlow(flow: ConsumedFlow, attempt: number): NewFlow {
  const { id: _id, startedAt: _start, expiresAt: _end, consumedAt: _used, ...same } = flow;
  return { ...same, attempt };
}
