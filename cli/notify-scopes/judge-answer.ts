import { classify } from '../../functions/health/classify.ts';
import type { Answer } from '../http/send.ts';
import type { NotifyOutcome } from './outcome.ts';

/**
 * What a PIM's answer to `scopes/update` means. It says `"Ok"` whatever it was asked, so that alone is no proof that it
 * knows the scopes. A refused token gets the same answer as everywhere else in the PIM.
 *
 * @see docs/pim-contract.md §3.5 and §6
 */
export function judgeAnswer({ status, body }: Pick<Answer, 'status' | 'body'>): NotifyOutcome {
  if (status === 200 && isOk(body)) return 'asked';
  if (status === 429) return 'throttled';
  const health = classify({ kind: 'answered', status, body });
  return health === 'connected' || health === 'not-a-pim' ? 'unexpected-answer' : health;
}

function isOk(body: string): boolean {
  try {
    return JSON.parse(body) === 'Ok';
  } catch {
    return false;
  }
}
