import { registrationKeys } from '../../functions/pim/pim-suffix.ts';
import { PimUrl } from '../../functions/pim/pim-url.ts';
import { coveringRows } from '../pims/covering-rows.ts';
import { suffixDomain } from '../pims/pim-key.ts';
import type { Session } from '../session.ts';
import type { FlowSummary } from '../stores/flow-table.ts';
import type { Listing } from '../stores/pim-row.ts';

type Stores = Pick<Session, 'flows' | 'pims' | 'pimUrlPolicy'>;

/**
 * The keys of the pending flows that a removed row has let start and that no other row would, so those of every PIM
 * below a suffix. A flow whose PIM is still listed with the same client id is none of them.
 *
 * @param removed a row that is not in the table any more.
 */
export async function* unlistedFlows(removed: Listing, stores: Stores): AsyncGenerator<string> {
  const { pim, clientId } = removed;
  const filter = {
    status: 'pending',
    ...(clientId !== undefined && { clientId }),
    ...(suffixDomain(pim) === undefined && { pim }),
  } as const;
  for await (const flow of stores.flows.matching(filter))
    if (await wasCoveredBy(removed, flow, stores)) yield flow.stateHash;
}

/** A flow whose PIM this stack does not accept is skipped: the functions refuse it as well. */
async function wasCoveredBy(removed: Listing, flow: FlowSummary, stores: Stores): Promise<boolean> {
  const parsed = PimUrl.parse(flow.pim ?? '', stores.pimUrlPolicy);
  if (!parsed.ok || !registrationKeys(parsed.pim).includes(removed.pim)) return false;
  const [counts] = await coveringRows(parsed.pim, (key) => stores.pims.findListing(key));
  return counts === undefined || counts.clientId !== flow.clientId;
}
