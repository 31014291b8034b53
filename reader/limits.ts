import { ConnectionError } from './errors/connection-error.ts';
import { LONGEST_WAIT_MS, RATE_LIMIT_BUDGET, type RateLimitBudget } from './fetch/rate-limit.ts';
import type { OpenConnectionsOptions } from './options.ts';

/** How long a connection is used without looking again, in milliseconds. */
const CACHE_MS = 5 * 60 * 1000;

/** The PIM's limit for one connection. @see docs/pim-contract.md §6 */
const MAX_CONCURRENT_CALLS = 4;

/** The options that are numbers, checked, with their defaults. */
export type Limits = Required<
  Pick<OpenConnectionsOptions, 'cacheMs' | 'maxConcurrentCalls' | 'rateLimit'>
>;

/**
 * Checks at the start what nobody would understand later: without a whole number of slots every call waits for ever, and
 * a wait that is too long for a timer ends at once.
 *
 * @throws {ConnectionError} `option_invalid`, naming the option and what is allowed.
 */
export function readLimits(options: OpenConnectionsOptions): Limits {
  const cacheMs = options.cacheMs ?? CACHE_MS;
  const maxConcurrentCalls = options.maxConcurrentCalls ?? MAX_CONCURRENT_CALLS;
  const rateLimit: RateLimitBudget = options.rateLimit ?? RATE_LIMIT_BUDGET;
  checkDuration('cacheMs', cacheMs);
  checkCount('maxConcurrentCalls', maxConcurrentCalls);
  checkCount('rateLimit.maxAttempts', rateLimit.maxAttempts);
  checkDuration('rateLimit.maxWaitMs', rateLimit.maxWaitMs, LONGEST_WAIT_MS);
  return { cacheMs, maxConcurrentCalls, rateLimit };
}

function checkCount(option: string, value: unknown): void {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 1;
  if (!isCount) throw optionInvalid(option, 'a whole number, 1 or more');
}

/** A duration that is only compared may be without end; one that is waited for may not. */
function checkDuration(option: string, value: unknown, longest = Number.POSITIVE_INFINITY): void {
  if (typeof value === 'number' && value >= 0 && value <= longest) return;
  const range = Number.isFinite(longest) ? `from 0 to ${longest}` : '0 or more';
  throw optionInvalid(option, `a number of milliseconds, ${range}`);
}

function optionInvalid(option: string, allowed: string): ConnectionError {
  return new ConnectionError('option_invalid', `The option ${option} has to be ${allowed}.`);
}
