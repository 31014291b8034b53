import { CONNECTION_FAILURE_TEXTS } from '../../functions/pim/connection-failure.ts';
import { isMalformed } from '../../functions/pim/malformed.ts';
import { parseUrl } from '../../functions/pim/parse-url.ts';
import { PimUrl, type PimUrlPolicy } from '../../functions/pim/pim-url.ts';
import type { PimRow } from '../../functions/tables/pims.ts';
import { type Finding, fail, pass } from '../finding.ts';
import { asArgument, PROGRAM } from '../operator-error.ts';
import type { Answer } from '../send.ts';
import type { ClientSecretStore } from '../stores/client-secret-store.ts';
import { probe } from './probe.ts';

const PIM_CHECK = 'PIM answers';

/** The one page of the Apps protocol that asks for no login. @see docs/pim-contract.md §5 */
const PUBLIC_KEY_PATH = '/connect/apps/v1/openid/public-key';

/** Checks that a listed PIM can be reached from here and has Apps switched on. Not for suffixes. */
export async function checkPim(row: PimRow, policy: PimUrlPolicy): Promise<Finding> {
  const { pim } = row;
  const parsed = PimUrl.parse(pim, policy);
  if (isMalformed(parsed))
    return fail(
      PIM_CHECK,
      `${pim} is not an address that this stack accepts (${parsed.problem})`,
      `List it by its right address: ${PROGRAM} pims add <url>, then ${PROGRAM} pims remove ${asArgument(pim)}`,
    );
  const sent = await probe(parsed.at(PUBLIC_KEY_PATH));
  if (sent.kind === 'answered') return checkAnswer(row, sent.answer);
  return fail(
    PIM_CHECK,
    `${pim} ${sent.reason}`,
    CONNECTION_FAILURE_TEXTS[sent.connectionFailure].next,
  );
}

/**
 * A PIM that never made its OpenID keys says so with a 500. Connecting works without them, unless `openid` is asked for.
 *
 * @see docs/pim-contract.md §2.6
 */
const KEYS_NOT_MADE = '"No OpenId keys"';

function checkAnswer({ pim, scopes }: PimRow, { status, headers, body }: Answer): Finding {
  if (status === 200) return pass(PIM_CHECK, `${pim} has Apps switched on`);
  if (status === 500 && body.includes(KEYS_NOT_MADE)) {
    const detail = `${pim} has Apps switched on, but no OpenID keys yet`;
    return scopes.includes('openid')
      ? fail(PIM_CHECK, detail, NEEDS_KEYS)
      : pass(PIM_CHECK, detail);
  }
  return fail(
    PIM_CHECK,
    `${pim} answered with ${status}`,
    adviceFor(status, headers['location']?.[0]),
  );
}

const NEEDS_KEYS = `The App asks for openid, for which the PIM needs its keys: it fails each time somebody connects. Let the PIM’s administrator make them, or take openid out of the scopes: ${PROGRAM} pims update`;

function adviceFor(status: number, location = ''): string {
  if (status === 404)
    return 'Apps are switched off in this PIM, or it lives under a path that belongs to its address.';
  if (status >= 300 && status < 400) {
    // The rest of the redirect may hold a secret.
    const origin = parseUrl(location)?.origin ?? 'another address';
    return `List the address that it redirects to (${origin}): tokens are requested without following redirects.`;
  }
  if (status === 401 || status === 403)
    return 'Something in front of the PIM asks for a login: it must let /connect/apps/v1/ through.';
  return 'Ask the administrator of the PIM to look at its log.';
}

const SECRET_CHECK = 'Client secret';

/** Checks that the secret of a row is stored. Only the PIM can tell, when somebody connects, that it is the right one. */
export async function checkSecret(
  { pim, clientId }: Pick<PimRow, 'pim' | 'clientId'>,
  clientSecrets: ClientSecretStore,
): Promise<Finding> {
  const { kind } = await clientSecrets.stateOf(clientId);
  if (kind === 'stored') return pass(SECRET_CHECK, `of ${clientId} is stored`);
  return fail(
    SECRET_CHECK,
    `of ${clientId} is ${kind === 'absent' ? 'missing' : kind}`,
    `Store it: ${PROGRAM} pims rotate-secret ${asArgument(pim)}`,
  );
}

/** One row for each client id: the PIMs of an App Store app share a secret. */
export function oneRowPerClient(rows: readonly PimRow[]): readonly PimRow[] {
  return [...new Map(rows.map((row) => [row.clientId, row])).values()];
}
