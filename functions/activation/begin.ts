import { isMalformed } from '../pim/malformed.ts';
import { authorizeUrl } from '../pim/oauth.ts';
import { PimUrl, type PimUrlPolicy } from '../pim/pim-url.ts';
import { BrowserKey, FLOW_LIFETIME_MS, type Flow, type RandomText, State } from './flow.ts';
import { type Clock, type FlowStore, type PimDirectory, ServiceError } from './ports.ts';
import { type ActivateResult, outage, type Refused, refused } from './result.ts';

/** What is read of a request to the activation URL. */
export interface ActivateInput {
  /** The request's query, unmerged, so that repeated parameters are visible. */
  readonly parameters: URLSearchParams;
  /** From the browser's cookies, as far as they are usable. */
  readonly browserKeys: readonly BrowserKey[];
}

/** What starting a flow needs from the outside. */
export interface StartFlowDeps {
  readonly flows: Pick<FlowStore, 'put'>;
  readonly now: Clock;
  readonly random: RandomText;
}

/** What beginning an activation needs from the outside. */
export interface ActivateDeps extends StartFlowDeps {
  readonly pims: PimDirectory;
  readonly pimUrlPolicy: PimUrlPolicy;
}

/**
 * Answers "Connect" and "Open app", which the PIM does not distinguish: checks that the PIM is
 * registered, starts a flow for this browser and sends it to the PIM's authorize page.
 *
 * @throws {ServiceError} when the allow-list cannot be read.
 */
export async function beginActivation(
  { parameters, browserKeys: [browserKey] }: ActivateInput,
  deps: ActivateDeps,
): Promise<ActivateResult> {
  const pim = readPim(parameters, deps.pimUrlPolicy);
  if (pim.kind === 'refused') return pim;
  const registration = await deps.pims.find(pim);
  if (!registration) return refused('pim_not_listed', { pim });

  const key = browserKey ?? BrowserKey.generate(deps.random);
  const flow = { pim, ...registration, browserHash: key.hash(), attempt: 1 };
  const { clientId } = registration;
  try {
    return {
      kind: 'redirect',
      code: 'authorization_requested',
      location: await startFlow(flow, deps),
      ...(browserKey === undefined && { newBrowserKey: key }),
      context: { pim, clientId, attempt: 1 },
    };
  } catch (error) {
    if (error instanceof ServiceError) return outage(error, { pim, clientId });
    throw error;
  }
}

function readPim(parameters: URLSearchParams, policy: PimUrlPolicy): PimUrl | Refused {
  const [raw, ...others] = parameters.getAll('pim_url');
  if (others.length > 0) return refused('pim_url_repeated');
  if (!raw) return refused('pim_url_missing');
  const pim = PimUrl.parse(raw, policy);
  return isMalformed(pim) ? refused('pim_url_malformed') : pim;
}

/** A flow before it has a `state` and a time. */
export type NewFlow = Omit<Flow, 'id' | 'startedAt' | 'expiresAt'>;

/**
 * Saves a flow under a fresh `state`, then tells where to send the browser. The order matters: a
 * browser that comes back must find its flow.
 *
 * @returns the PIM's authorize URL. It holds the state: send it to the browser and nowhere else.
 */
export async function startFlow(flow: NewFlow, deps: StartFlowDeps): Promise<string> {
  const { pim, clientId, scopes } = flow;
  const state = State.generate(deps.random);
  const startedAt = deps.now();
  const expiresAt = startedAt + FLOW_LIFETIME_MS;
  await deps.flows.put({ ...flow, id: state.hash(), startedAt, expiresAt });
  return authorizeUrl(pim, { clientId, scopes, state: state.reveal() });
}
