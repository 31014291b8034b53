import { PROGRAM } from '../program-name.ts';
import type { Stack } from '../stack.ts';
import type { PimRow } from '../stores/pim-row.ts';

/** What an operator does after listing a PIM, with the URLs to copy. */
export function nextSteps({ pim }: Pick<PimRow, 'pim'>, stack: Stack): string {
  const where = pim.startsWith('*') ? 'Akeneo’s App Store' : 'the PIM';
  return `
Next:
  1. The App must be registered in ${where} with exactly these URLs:
       Activate URL  ${stack.activateUrl}
       Callback URL  ${stack.callbackUrl}
  2. Open the App from the PIM: Connect > App Store > your App > Connect.
  3. See that it worked: ${PROGRAM} connections list
     If it did not:      ${PROGRAM} doctor
`;
}
