import { State } from '../../functions/activation/keys.ts';
import { parseUrl } from '../../functions/pim/parse-url.ts';
import type { PimUrl } from '../../functions/pim/pim-url.ts';
import { formatScope } from '../../functions/pim/scopes.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { type DoctorFinding, verdict } from './finding.ts';
import type { Answer } from './probe.ts';

const CHECK = 'Listed PIM';

/**
 * The redirect to the PIM's authorize page. Its state is looked at but not shown: together with the cookie it would
 * finish the flow.
 *
 * @see docs/pim-contract.md §2.1
 */
export function checkRedirect(
  row: PimRow,
  pim: PimUrl,
  { status, headers }: Answer,
): DoctorFinding {
  const raw = headers.location ?? '';
  const location = parseUrl(raw);
  const problems =
    status === 302 && location
      ? problemsOf(location, row, pim)
      : [`${pim.toString()}: answered with ${status} instead of a redirect to the PIM`];
  return verdict(CHECK, problems, {
    ok: `${pim.toString()} is sent to its authorize page with client id, scopes and a fresh state`,
    next: 'If the PIM was added or changed within the last minute, wait for one; otherwise look at the log of the activate function.',
  });
}

function problemsOf(location: URL, row: PimRow, pim: PimUrl): readonly string[] {
  return [
    ...addressProblems(location, pim.at('/connect/apps/v1/authorize')),
    ...parameterProblems(location.searchParams, row),
    ...stateProblems(location.searchParams),
  ];
}

function addressProblems(location: URL, authorize: URL): readonly string[] {
  return location.origin + location.pathname === authorize.href
    ? []
    : [`the browser is sent to ${location.host} instead of ${authorize.host}`];
}

function parameterProblems(parameters: URLSearchParams, row: PimRow): readonly string[] {
  const wanted = {
    response_type: 'code',
    client_id: row.clientId,
    scope: formatScope(row.scopes),
  };
  const wrong = Object.entries(wanted).filter(([name, value]) => parameters.get(name) !== value);
  return wrong.map(([name]) => `${name} is not the one that is listed`);
}

function stateProblems(parameters: URLSearchParams): readonly string[] {
  return State.parse(parameters.get('state') ?? '') ? [] : ['the state is not 256 bits long'];
}
