import { OUTCOMES } from '../../functions/activation/outcomes/index.ts';
import { activation } from './activation-url.ts';
import { checkHeaders } from './check-headers.ts';
import { DEPLOY_AGAIN, type Finding, ill, verdict } from './finding.ts';
import type { Probe } from './probe.ts';

/** `.invalid` never exists, so it can be nobody's PIM. @see {@link https://www.rfc-editor.org/rfc/rfc6761#section-6.4 RFC 6761, section 6.4} */
const UNLISTED_PIM = 'https://not-listed.invalid';

const CHECK = 'Unlisted PIM';
const EXPECTED = 'pim_not_listed';

/** A PIM that nobody listed is refused, with a page that carries the security headers. */
export async function checkUnlisted(
  activateUrl: string,
  probe: Probe,
): Promise<readonly Finding[]> {
  const probed = await probe(activation(activateUrl, UNLISTED_PIM), { accept: 'text/html' });
  if (!probed.ok) return [ill(CHECK, `the Activate URL ${probed.reason}`, DEPLOY_AGAIN)];
  const { status, body, headers } = probed.answer;
  const isRefused = status === OUTCOMES[EXPECTED].status && body.includes(EXPECTED);
  return [
    verdict(CHECK, isRefused ? [] : [`answered with ${status} instead of ${EXPECTED}`], {
      ok: `is refused with ${status} ${EXPECTED}`,
      next: 'Look for the code on the page in docs/runbook.md, and at the log of the activate function.',
    }),
    checkHeaders('Headers of pages', headers, { isPage: true }),
  ];
}
