import { parseUrl } from '../../functions/pim/parse-url.ts';
import { isLoopback } from '../../functions/pim/pim-url.ts';
import type { Stack } from '../stack.ts';
import { type DoctorFinding, verdict } from './finding.ts';

/** The PIM takes no longer URL when the App is registered. @see docs/pim-contract.md §7 */
const MAX_REGISTERED_URL_LENGTH = 255;

/** The two URLs, to be copied into the PIM exactly as they are. */
export function checkUrls({ activateUrl, callbackUrl, stage }: Stack): readonly DoctorFinding[] {
  return [
    checkUrl('Activate URL', activateUrl, stage),
    checkUrl('Callback URL', callbackUrl, stage),
  ];
}

function checkUrl(check: string, url: string, stage: Stack['stage']): DoctorFinding {
  const problems = problemsOf(url, stage);
  return verdict(check, problems.length > 0 ? [url, ...problems] : [], {
    ok: url,
    next: 'Deploy under a short custom domain with https, then register the new URLs in the PIM.',
  });
}

function problemsOf(url: string, stage: Stack['stage']): readonly string[] {
  return [
    ...(url.length > MAX_REGISTERED_URL_LENGTH
      ? [`it has ${url.length} characters, and a PIM takes ${MAX_REGISTERED_URL_LENGTH}`]
      : []),
    ...(isSecure(url, stage) ? [] : ['it is not an https address']),
  ];
}

/** Plain http is what an emulator on the developer's machine has. */
function isSecure(raw: string, stage: Stack['stage']): boolean {
  const url = parseUrl(raw);
  if (!url) return false;
  return url.protocol === 'https:' || (stage === 'development' && isLoopback(url.hostname));
}
