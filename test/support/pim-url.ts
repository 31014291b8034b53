import { isMalformed } from '../../functions/pim/malformed.ts';
import { PimUrl } from '../../functions/pim/pim-url.ts';

/** A checked PIM address from a text that the test knows to be good; plain http on loopback included. */
export function pimUrl(text: string): PimUrl {
  const parsed = PimUrl.parse(text, { dangerouslyAllowHttpOnLoopback: true });
  if (isMalformed(parsed)) throw new Error(`${text}: ${parsed.problem}`);
  return parsed;
}
