import { PimUrl, type PimUrlPolicy } from '../functions/pim/pim-url.ts';
import { ConnectionError } from './errors/connection-error.ts';

/**
 * The PIM's address in the spelling that is the key of the table: the same rules as at the activation URL.
 *
 * @throws {ConnectionError} `pim_url_malformed`. The text is not quoted, because it may hold credentials.
 */
export function pimAddress(pimUrl: string, policy: PimUrlPolicy): PimUrl {
  const parsed = PimUrl.parse(pimUrl, policy);
  if (parsed.ok) return parsed.pim;
  const next =
    'Pass the address that the PIM sends as pim_url, such as https://my.cloud.akeneo.com.';
  throw new ConnectionError(
    'pim_url_malformed',
    `The PIM URL is not usable (${parsed.problem}). ${next}`,
  );
}
