import type { Stack } from '../stack.ts';
import { activation } from './activation-url.ts';
import { checkPage } from './check-page.ts';
import type { DoctorFinding } from './finding.ts';
import type { Probe } from './probe.ts';

/** `.invalid` never exists, so it can be nobody's PIM. @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.4 RFC 6761, section 6.4} */
const UNLISTED_PIM = 'https://not-listed.invalid';

const CHECKS = { page: 'Unlisted PIM', headers: 'Headers of pages' };

/** A PIM that nobody listed is refused, with a page that carries the security headers. */
export function checkUnlisted(
  { activateUrl, customDomainTarget }: Stack,
  probe: Probe,
): Promise<readonly DoctorFinding[]> {
  const url = activation(activateUrl, UNLISTED_PIM);
  return checkPage(
    CHECKS,
    { url, name: 'Activate URL', customDomainTarget, code: 'pim_not_listed', handler: 'activate' },
    probe,
  );
}
