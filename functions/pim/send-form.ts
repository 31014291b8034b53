import type { PimAnswer } from './pim-answer.ts';
import { send } from './send.ts';

/**
 * Posts a form to a PIM. Never throws.
 *
 * @param timeoutMs bound on the whole exchange.
 */
export function sendForm(url: URL, form: string, timeoutMs: number): Promise<PimAnswer> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form),
  };
  return send(url, { method: 'POST', headers, body: form }, timeoutMs);
}
