import type { PimUrl } from './pim-url.ts';

/** How many parent domains of a host are looked up; real PIM hosts have two or three. */
const MAX_SUFFIXES = 8;

/**
 * The keys under which a PIM may be listed, the most specific first: its exact address, then the
 * suffix rows that cover its host (`*.eu.cloud.akeneo.com`, `*.cloud.akeneo.com`, …).
 *
 * Suffixes are cut at whole labels, so `evil-cloud.akeneo.com.example` or `xcloud.akeneo.com` never
 * meet `*.cloud.akeneo.com`. A suffix with a single label (`*.com`) is never a candidate, and
 * only a bare `https` host is covered: a port or a path is not what the operator vouched for.
 */
export function registrationKeys(pim: PimUrl): readonly [string, ...string[]] {
  return [pim.toString(), ...(pim.isBareHttpsHost ? suffixesOf(pim.hostname) : [])];
}

function suffixesOf(hostname: string): string[] {
  const labels = hostname.split('.');
  if (isAddress(hostname)) return [];
  return labels
    .map((_, index) => labels.slice(index + 1))
    .filter((parent) => parent.length >= 2)
    .slice(-MAX_SUFFIXES)
    .map((parent) => `*.${parent.join('.')}`);
}

/** IP addresses have no parent domains: `*.0.0.1` would mean nothing. */
function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^[\d.]+$/.test(hostname);
}
