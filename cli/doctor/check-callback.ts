import type { Stack } from '../stack.ts';
import { checkPage } from './check-page.ts';
import type { DoctorFinding } from './finding.ts';
import type { Probe } from './probe.ts';

const CHECKS = { page: 'Empty callback', headers: 'Headers of the callback' };

/** The callback function is there: a callback without a state is refused, with a page of ours. No flow is touched. */
export function checkCallback(
  { callbackUrl, customDomainTarget }: Stack,
  probe: Probe,
): Promise<readonly DoctorFinding[]> {
  const url = new URL(callbackUrl);
  return checkPage(
    CHECKS,
    { url, name: 'Callback URL', customDomainTarget, code: 'state_malformed', handler: 'callback' },
    probe,
  );
}
