import type { Clock, PimDirectory, PimRegistration } from '../activation/ports.ts';
import type { PimUrl } from '../pim/pim-url.ts';

/** How long a changed row may go unnoticed by a warm function. */
export const REGISTRATION_CACHE_MS = 60_000;

/** Bounds the memory; a suffix row may stand for any number of PIMs. */
const MAX_ENTRIES = 1_000;

/**
 * Remembers listings for a minute. Only what is listed: a PIM that is refused is looked up again, so
 * that it works the moment the operator has added it, and made-up addresses fill no memory.
 */
export function cachedPimDirectory(inner: PimDirectory, now: Clock): PimDirectory {
  const cache = new Map<string, { readonly listing: PimRegistration; readonly until: number }>();

  function remember(pim: PimUrl, listing: PimRegistration): void {
    if (cache.size >= MAX_ENTRIES) cache.clear();
    cache.set(pim.toString(), { listing, until: now() + REGISTRATION_CACHE_MS });
  }

  async function look(pim: PimUrl): Promise<PimRegistration | undefined> {
    const listing = await inner.find(pim);
    cache.delete(pim.toString());
    if (listing) remember(pim, listing);
    return listing;
  }

  return {
    find: async (pim) => {
      const known = cache.get(pim.toString());
      return known && known.until > now() ? known.listing : look(pim);
    },
  };
}
