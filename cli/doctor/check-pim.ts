import { parseUrl } from '../../functions/pim/parse-url.ts';
import { PimUrl, type PimUrlPolicy, type PimUrlProblem } from '../../functions/pim/pim-url.ts';
import { PROGRAM } from '../program-name.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { type DoctorFinding, healthy, ill } from './finding.ts';
import type { Answer, Probe } from './probe.ts';

const CHECK = 'PIM answers';

/** The one page of the Apps protocol that asks for no login. @see docs/pim-contract.md §5 */
const PUBLIC_KEY_PATH = '/connect/apps/v1/openid/public-key';

/**
 * Whether a listed PIM can be reached from here and has Apps switched on. A suffix stands for PIMs that are not known,
 * so it is not asked.
 */
export async function checkPim(
  row: PimRow,
  policy: PimUrlPolicy,
  probe: Probe,
): Promise<DoctorFinding> {
  const parsed = PimUrl.parse(row.pim, policy);
  if (!parsed.ok) return notAccepted(row.pim, parsed.problem);
  const probed = await probe(parsed.pim.at(PUBLIC_KEY_PATH));
  return probed.ok ? judge(row.pim, probed.answer) : notReached(row.pim, probed.reason);
}

function notAccepted(pim: string, problem: PimUrlProblem): DoctorFinding {
  return ill(
    CHECK,
    `${pim} is not an address that this stack accepts (${problem})`,
    `List it by its right address: ${PROGRAM} pims add <url>, then ${PROGRAM} pims remove ${pim}`,
  );
}

function notReached(pim: string, reason: string): DoctorFinding {
  return ill(
    CHECK,
    `${pim} ${reason}`,
    'Check that the PIM is up, that its name resolves publicly, and that its firewall lets the App in.',
  );
}

/** A PIM that never made its OpenID keys says so with a 500; connecting works without them. */
const KEYS_NOT_MADE = '"No OpenId keys"';

function judge(pim: string, { status, headers, body }: Answer): DoctorFinding {
  if (status === 200) return healthy(CHECK, `${pim} has Apps switched on`);
  if (status === 500 && body.includes(KEYS_NOT_MADE))
    return healthy(CHECK, `${pim} has Apps switched on, but no OpenID keys yet`);
  return ill(CHECK, `${pim} answered with ${status}`, adviceFor(status, headers.location));
}

function adviceFor(status: number, location = 'another address'): string {
  if (status === 404)
    return 'Apps are switched off in this PIM, or it lives under a path that belongs to its address.';
  if (status >= 300 && status < 400)
    return `List the address that it redirects to (${originOf(location)}): tokens are requested without following redirects.`;
  if (status === 401 || status === 403)
    return 'Something in front of the PIM asks for a login: it must let /connect/apps/v1/ through.';
  return 'Ask the administrator of the PIM to look at its log.';
}

/** Whatever else the redirect holds is not ours to show. */
function originOf(location: string): string {
  return parseUrl(location)?.origin ?? 'another address';
}
