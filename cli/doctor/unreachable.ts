import type { Sent } from '../http/send.ts';
import { PROGRAM } from '../program-name.ts';
import type { Stack } from '../stack.ts';
import { DEPLOY_AGAIN, type DoctorFinding, ill } from './finding.ts';

/** One of the two URLs that the stack answers. */
export interface StackUrl {
  readonly url: URL;
  /** What the URL is called where it is registered. */
  readonly name: 'Activate URL' | 'Callback URL';
  /** Absent without a custom domain. */
  readonly customDomainTarget: Stack['customDomainTarget'];
}

/**
 * A URL of the stack that gives no answer. The record of a custom domain may be somebody else's to make, and no
 * deployment makes that one.
 */
export function unreachable(
  check: string,
  { url, name, customDomainTarget: target }: StackUrl,
  { reason, isUnresolved }: Extract<Sent, { ok: false }>,
): DoctorFinding {
  const isRecordMissing = isUnresolved && target !== undefined;
  const next = isRecordMissing ? makeRecord(url.hostname, target) : DEPLOY_AGAIN;
  return ill(check, `the ${name} ${reason}`, next);
}

function makeRecord(domain: string, target: string): string {
  return `Point ${domain} at ${target} (a CNAME, or an alias record). A new record takes some minutes to be known; then: ${PROGRAM} doctor`;
}
