import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { explainError } from '../explain-error.ts';
import { type DoctorFinding, pass, warning } from './finding.ts';

const CHECK = 'Concurrency';

/** Lambda never lets reservations take the last hundred, so an account with less is one that nobody has raised. */
const LOW = 100;

/**
 * Tells how many functions the account runs at once. A low limit is no fault of the deployment, and few users never meet
 * it, so it is a warning; an operator who may not ask for it is told so, and nothing fails.
 *
 * @see {@link https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html GetAccountSettings}
 */
export async function checkConcurrency(client: LambdaClient): Promise<DoctorFinding> {
  try {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    return findingOf(AccountLimit?.ConcurrentExecutions);
  } catch (error) {
    return pass(CHECK, `could not be checked: ${explainError(error).message}`);
  }
}

function findingOf(limit: number | undefined): DoctorFinding {
  if (limit === undefined) return pass(CHECK, 'could not be checked: AWS did not say');
  const detail = `this account runs ${limit} functions at once in this region, all of its functions together`;
  return limit < LOW ? warning(CHECK, detail, RAISE) : pass(CHECK, detail);
}

const RAISE =
  'More requests at the same moment get a bare error. Ask for 1,000, which costs nothing: Service Quotas > AWS Lambda > Concurrent executions. See docs/operate.md#how-many-at-once';
