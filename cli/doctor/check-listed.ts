import { PimUrl, type PimUrlPolicy } from '../../functions/pim/pim-url.ts';
import { pimBelow, suffixDomain } from '../pims/pim-key.ts';
import { PROGRAM } from '../program-name.ts';
import type { Stack } from '../stack.ts';
import type { PimRow } from '../stores/pim-row.ts';
import { activation } from './activation-url.ts';
import { checkCookie } from './check-cookie.ts';
import { checkHeaders } from './check-headers.ts';
import { checkRedirect } from './check-redirect.ts';
import { type DoctorFinding, ill } from './finding.ts';
import type { Answer, Probe } from './probe.ts';
import { unreachable } from './unreachable.ts';

const CHECK = 'Listed PIM';

/**
 * Opens the activation URL as one listed PIM does: the first exact one, else a made-up name below a suffix. It leaves
 * one flow behind, which expires by itself; the redirect is not followed, so no PIM is called.
 */
export async function checkListed(
  rows: readonly PimRow[],
  { stack, policy }: { readonly stack: Stack; readonly policy: PimUrlPolicy },
  probe: Probe,
): Promise<readonly DoctorFinding[]> {
  const example = exampleOf(rows, policy);
  if (!example) return [nothingListed()];
  const { activateUrl, customDomainTarget } = stack;
  const url = activation(activateUrl, example.pim.toString());
  const probed = await probe(url);
  if (!probed.ok)
    return [unreachable(CHECK, { url, name: 'Activate URL', customDomainTarget }, probed)];
  return checkAnswer(example, probed.answer);
}

function checkAnswer({ row, pim }: Example, answer: Answer): readonly DoctorFinding[] {
  const { headers } = answer;
  return [
    checkRedirect(row, pim, answer),
    checkCookie(headers['set-cookie']),
    checkHeaders('Headers of redirects', headers, { isPage: false }),
  ];
}

interface Example {
  readonly row: PimRow;
  readonly pim: PimUrl;
}

function exampleOf(rows: readonly PimRow[], policy: PimUrlPolicy): Example | undefined {
  const exactFirst = rows.toSorted((one, other) => rank(one) - rank(other));
  for (const row of exactFirst) {
    const pim = pimOf(row, policy);
    if (pim) return { row, pim };
  }
  return undefined;
}

function rank({ pim }: PimRow): number {
  return suffixDomain(pim) === undefined ? 0 : 1;
}

function pimOf({ pim }: PimRow, policy: PimUrlPolicy): PimUrl | undefined {
  const domain = suffixDomain(pim);
  if (domain !== undefined) return pimBelow(domain, policy);
  const parsed = PimUrl.parse(pim, policy);
  return parsed.ok ? parsed.pim : undefined;
}

function nothingListed(): DoctorFinding {
  return ill(
    CHECK,
    'no PIM is listed, so nobody can connect',
    `Register the two URLs above in the PIM, then: ${PROGRAM} pims add <url>`,
  );
}
