import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { docs } from '../terminal/called.ts';
import { explainError } from './explain-error.ts';
import { type Finding, fail, pass, warning } from './finding.ts';

/** How many functions an account runs at once in a region. */
export interface Concurrency {
  readonly limit: number;
  /** The part of the limit that no function has reserved. */
  readonly unreserved: number;
}

/**
 * Asks Lambda, with the right `lambda:GetAccountSettings`.
 *
 * @returns `undefined` if AWS does not say, as an emulator may not.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html GetAccountSettings}
 */
export async function readConcurrency(client: LambdaClient): Promise<Concurrency | undefined> {
  const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
  const limit = AccountLimit?.ConcurrentExecutions;
  if (limit === undefined) return undefined;
  return { limit, unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? limit };
}

/** Lambda never lets reservations take the last hundred, so an account with less is one that nobody has raised. */
const ALWAYS_UNRESERVED = 100;

/**
 * Tells how many functions the account runs at once. A low limit is no fault of the deployment, and few users never meet
 * it, so it is a warning.
 */
export function checkConcurrency(concurrency: Concurrency | undefined): Finding {
  if (!concurrency) return pass(CHECK, 'could not be checked: AWS did not say');
  const { limit } = concurrency;
  const detail = `this account runs ${limit} functions at once in this region, all of its functions together`;
  return limit < ALWAYS_UNRESERVED ? warning(CHECK, detail, RAISE) : pass(CHECK, detail);
}

/** For an operator who may not ask: nothing fails for it. */
export function concurrencyUnknown(error: unknown): Finding {
  return pass(CHECK, `could not be checked: ${explainError(error).message}`);
}

const CHECK = 'Concurrency';

const RAISE = `More requests at the same moment get a bare error. Ask for 1,000, which costs nothing: Service Quotas > AWS Lambda > Concurrent executions. See ${docs('operate.md#how-many-at-once')}`;

/** How many functions have `reservedConcurrency` kept for them: activate and callback. */
const ENDPOINTS = 2;

/**
 * Tells whether the account has room for `reservedConcurrency`. Where it has not, Lambda refuses the reservation in the
 * middle of the deployment.
 *
 * @param reserved for each endpoint.
 * @param own what an earlier deployment of the same stack has reserved, which the new one replaces.
 * @see {@link https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html Reserved concurrency}
 */
export function checkReservation(
  { limit, unreserved }: Concurrency,
  reserved: number,
  own: number,
): Finding {
  const check = 'Reserved concurrency';
  const free = Math.min(limit, unreserved + own);
  const left = free - ENDPOINTS * reserved;
  const detail = `${reserved} each for activate and callback, of the ${free} that no other function has reserved, leave ${left}`;
  if (left >= ALWAYS_UNRESERVED) return pass(check, detail);
  const most = Math.floor((free - ALWAYS_UNRESERVED) / ENDPOINTS);
  const lower =
    most > 0 ? `Set reservedConcurrency to ${most} at most` : 'Leave reservedConcurrency out';
  return fail(
    check,
    `${detail}; AWS demands ${ALWAYS_UNRESERVED}`,
    `${lower}, or have the limit raised first: Service Quotas > AWS Lambda > Concurrent executions.`,
  );
}
