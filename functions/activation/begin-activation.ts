import { PimUrl, type PimUrlPolicy } from '../pim/pim-url.ts';
import { BrowserKey, type RandomText } from './keys.ts';
import type { Clock, FlowStore, PimDirectory } from './ports.ts';
import { type ActivateResult, type Refused, refused } from './result.ts';
import { startFlow } from './start-flow.ts';

/** What is read of a request to the activation URL. */
export interface ActivateInput {
  /** The request's query, unmerged, so that repeated parameters are visible. */
  readonly parameters: URLSearchParams;
  /** From the browser's cookie, if it sent a usable one. */
  readonly browserKey: BrowserKey | undefined;
}

/** What beginning an activation needs from the outside. */
export interface ActivateDeps {
  readonly pims: PimDirectory;
  readonly flows: Pick<FlowStore, 'put'>;
  readonly now: Clock;
  readonly random: RandomText;
  readonly pimUrlPolicy: PimUrlPolicy;
}

/**
 * Answers "Connect" and "Open app", which the PIM does not distinguish: checks that the PIM is
 * listed, starts a flow for this browser and sends it to the PIM's authorize page.
 *
 * @throws {ServiceError} when the allow-list cannot be read or the flow cannot be saved.
 */
export async function beginActivation(
  { parameters, browserKey }: ActivateInput,
  deps: ActivateDeps,
): Promise<ActivateResult> {
  const pim = readPim(parameters, deps.pimUrlPolicy);
  if ('kind' in pim) return pim;
  const listing = await deps.pims.find(pim);
  if (!listing) return refused('pim_not_listed', { pim });

  const key = browserKey ?? BrowserKey.generate(deps.random);
  const flow = { pim, ...listing, browserHash: key.hash(), attempt: 1 };
  const location = await startFlow(flow, deps);
  return {
    kind: 'redirect',
    code: 'authorization_requested',
    location,
    ...(browserKey === undefined && { newBrowserKey: key }),
    context: { pim, clientId: listing.clientId, attempt: 1 },
  };
}

function readPim(parameters: URLSearchParams, policy: PimUrlPolicy): PimUrl | Refused {
  const [raw, ...others] = parameters.getAll('pim_url');
  if (others.length > 0) return refused('pim_url_repeated');
  if (!raw) return refused('pim_url_missing');
  const parsed = PimUrl.parse(raw, policy);
  return parsed.ok ? parsed.pim : refused('pim_url_malformed');
}
