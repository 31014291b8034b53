import { ConnectionError } from './errors/connection-error.ts';
import { RATE_LIMIT_BUDGET, type RateLimitBudget } from './fetch/rate-limit.ts';
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
 * Checks at the start what would show later, and in disguise: without a whole number of slots, for one, every call waits
 * for ever.
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
  checkDuration('rateLimit.maxWaitMs', rateLimit.maxWaitMs);
  return { cacheMs, maxConcurrentCalls, rateLimit };
}

function checkCount(option: string, value: unknown): void {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 1;
  if (!isCount) throw optionInvalid(option, 'a whole number, 1 or more');
}

function checkDuration(option: string, value: unknown): void {
  const isDuration = typeof value === 'number' && value >= 0;
  if (!isDuration) throw optionInvalid(option, 'a number of milliseconds, 0 or more');
}

function optionInvalid(option: string, allowed: string): ConnectionError {
  return new ConnectionError('option_invalid', `The option ${option} has to be ${allowed}.`);
}
